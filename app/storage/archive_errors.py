"""What the standard library raises for a damaged archive."""

import lzma
import tarfile
import zipfile
import zlib

ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    LookupError,  # a file without a name, or one that is not there
    MemoryError,  # a damaged head of LZMA asks for up to 4 GB
    RuntimeError,  # encrypted, or of a kind that is not supported
    ValueError,
)
"""Besides OSError."""
