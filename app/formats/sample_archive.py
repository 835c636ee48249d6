"""Collections of samples as one file.

Both kinds are zip archives: of .ink files, which can be imported again, or of a PNG for each sample
and the table samples.csv.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import InkError, InklingError
from app.formats.sample import PICTURE_SIDE, Sample, encode_sample, parse_sample
from app.formats.strokes_file import INK_SUFFIX, MAX_STROKES_BYTES
from app.i18n import _
from app.ink.renderer import render
from app.storage.archive_errors import ARCHIVE_ERRORS
from app.storage.progress_copy import Progress, no_progress

ARCHIVE_SUFFIX = ".zip"
MAX_SAMPLES = 100_000


def strokes_archive(samples: Sequence[Sample], progress: Progress = no_progress) -> bytes:
    """Return a zip archive with an .ink file for each sample, oldest first."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sample in enumerate(samples, 1):
            progress(number - 1, len(samples))
            archive.writestr(f"{_name(number, sample)}{INK_SUFFIX}", encode_sample(sample))
    return stream.getvalue()


def pictures_archive(samples: Sequence[Sample], progress: Progress = no_progress) -> bytes:
    """Return a zip archive with a PNG for each sample, and their labels in samples.csv."""
    stream, table = io.BytesIO(), io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["file", "label", "predicted", "time", "model", "alphabet"])
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sample in enumerate(samples, 1):
            progress(number - 1, len(samples))
            name = f"{_name(number, sample)}.png"
            picture = render(sample.content)
            picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE), reducing_gap=None)
            png = io.BytesIO()
            picture.save(png, "PNG")
            archive.writestr(name, png.getvalue())
            time, alphabet = sample.time.isoformat(), sample.alphabet
            rows.writerow([name, sample.label, sample.predicted, time, sample.model, alphabet])
        archive.writestr("samples.csv", table.getvalue())
    return stream.getvalue()


def count_samples(path: Path) -> int:
    """Return how many samples a file has by its table of contents; 1 if it is no archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return len(_entries(archive))
    except (OSError, *ARCHIVE_ERRORS):
        return 1


def read_samples(path: Path) -> Iterator[Sample | str]:
    """Yield the samples in an .ink file or an archive of them; for a bad one, an error message.

    Raises InkError if the file cannot be read or has no samples.
    """
    try:
        if zipfile.is_zipfile(path):
            yield from _read_archive(path)
            return
        data = path.read_bytes()
    except OSError as error:
        raise InkError(
            _("{name} cannot be read: {problem}").format(name=path.name, problem=error)
        ) from error
    except ARCHIVE_ERRORS as error:
        raise InkError(
            _("{name} is damaged or incomplete; copy it again.").format(name=path.name)
        ) from error
    yield _parse(path.name, data)


def _read_archive(path: Path) -> Iterator[Sample | str]:
    with zipfile.ZipFile(path) as archive:
        entries = _entries(archive)
        if not entries or len(entries) > MAX_SAMPLES:
            raise InkError(
                _("{name} holds no samples, or too many: choose an archive of .ink files.").format(
                    name=path.name
                )
            )
        for entry in entries:
            if entry.file_size > MAX_STROKES_BYTES:
                yield _("{name}: it is larger than 16 MB.").format(name=entry.filename)
                continue
            try:
                data = archive.read(entry)
            except (OSError, *ARCHIVE_ERRORS):
                yield _("{name}: this file in the archive is damaged or encrypted.").format(
                    name=entry.filename
                )
                continue
            yield _parse(entry.filename, data)


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the .ink files, without macOS' hidden companions."""
    return [
        entry
        for entry in archive.infolist()
        if entry.filename.endswith(INK_SUFFIX) and not Path(entry.filename).name.startswith(".")
    ]


def _parse(name: str, data: bytes) -> Sample | str:
    try:
        return parse_sample(data)
    except InklingError as error:
        return _("{name}: {problem}").format(name=name, problem=error)


def _name(number: int, sample: Sample) -> str:
    label = sample.label or "none"
    return f"{number:05d}-{label if label.isalnum() else f'U+{ord(label):04X}'}"
