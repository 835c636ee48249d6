"""Owns collections of samples as one file: strokes to import again, or pictures and a table.

Both are zip archives: of .ink files, or of a PNG for each sample and samples.csv.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.errors import InkError, InklingError
from app.formats.sample import Sample, parse_sample, sample_bytes
from app.formats.strokes_file import MAX_BYTES, SUFFIX
from app.i18n import _
from app.ink.renderer import mirrored

ARCHIVE_SUFFIX = ".zip"
MAX_SAMPLES = 100_000
_PICTURE_SIDE = 400


Step = Callable[[int, int], None]
"""Told before each sample how many are done, and of how many; what it raises ends the work."""


def _no_step(_done: int, _total: int) -> None:
    """Nobody wants to know."""


def strokes_archive(samples: Sequence[Sample], step: Step = _no_step) -> bytes:
    """Return a zip archive with an .ink file for each sample, oldest first."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sample in enumerate(samples, 1):
            step(number - 1, len(samples))
            archive.writestr(f"{_name(number, sample)}{SUFFIX}", sample_bytes(sample))
    return stream.getvalue()


def pictures_archive(samples: Sequence[Sample], step: Step = _no_step) -> bytes:
    """Return a zip archive with a PNG for each sample, and samples.csv that names their labels."""
    stream, table = io.BytesIO(), io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["file", "label", "predicted", "time", "model"])
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sample in enumerate(samples, 1):
            step(number - 1, len(samples))
            name = f"{_name(number, sample)}.png"
            picture = mirrored(sample.content)
            picture.thumbnail((_PICTURE_SIDE, _PICTURE_SIDE), reducing_gap=None)
            png = io.BytesIO()
            picture.save(png, "PNG")
            archive.writestr(name, png.getvalue())
            rows.writerow(
                [name, sample.label, sample.predicted, sample.time.isoformat(), sample.model]
            )
        archive.writestr("samples.csv", table.getvalue())
    return stream.getvalue()


def count_of(path: Path) -> int:
    """Return how many samples a file seems to hold; 1 for what cannot be looked into."""
    try:
        with zipfile.ZipFile(path) as archive:
            return len(_entries(archive))
    except (OSError, zipfile.BadZipFile):
        return 1


def read_samples(path: Path) -> Iterator[Sample | str]:
    """Yield the samples in an .ink file or in an archive of them; a sentence for each bad one.

    Raises InkError if the file is neither.
    """
    try:
        if zipfile.is_zipfile(path):
            yield from _archived(path)
            return
        data = path.read_bytes()
    except (OSError, zipfile.BadZipFile) as error:
        raise InkError(
            _("{name} cannot be read: {problem}").format(name=path.name, problem=error)
        ) from error
    yield _sample(path.name, data)


def _archived(path: Path) -> Iterator[Sample | str]:
    with zipfile.ZipFile(path) as archive:
        found = _entries(archive)
        if not found or len(found) > MAX_SAMPLES:
            raise InkError(
                _("{name} holds no samples, or too many: choose an archive of .ink files.").format(
                    name=path.name
                )
            )
        for entry in found:
            if entry.file_size > MAX_BYTES:
                yield _("{name}: it is larger than 16 MB.").format(name=entry.filename)
                continue
            try:
                data = archive.read(entry)
            except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
                yield _("{name}: {problem}").format(name=entry.filename, problem=error)
                continue
            yield _sample(entry.filename, data)


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        entry
        for entry in archive.infolist()
        if entry.filename.endswith(SUFFIX) and not Path(entry.filename).name.startswith(".")
    ]


def _sample(name: str, data: bytes) -> Sample | str:
    try:
        return parse_sample(data)
    except InklingError as error:
        return _("{name}: {problem}").format(name=name, problem=error)


def _name(number: int, sample: Sample) -> str:
    return f"{number:05d}-{sample.label or 'none'}"
