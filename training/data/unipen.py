"""Reader for UNIPEN's isolated characters (train_r01_v07): digits, letters and signs, by writer.

They come as the original, an archive with the folders data/1a to 1d and include/, or as JSON Lines
{"label", "writer", "strokes"}. Writers are known by their site and a number; names are not kept.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import numpy as np

from app.errors import InkError, brief
from app.i18n import _
from app.ink.stroke import Stroke
from training.augmentation.polylines import Polyline, bounding_box, polylines_from_json
from training.data.dataset import DataError, DataSet, Mirror
from training.data.unpack import unpacked

_LINES = ".jsonl"
_DATA = re.compile(r"(?:^|/)(data/1[a-d]/.+)$")
"""1a: digits, 1b: capitals, 1c: small letters, 1d: signs."""
_INCLUDE = re.compile(r"(?:^|/)include/(.+)$")
_WRITER = re.compile(r"(?:unipen-)?([a-z]+)(\d+)")
_INCLUDES = re.compile(r"\.INCLUDE\s+\S")
_SEGMENT = re.compile(r"\.SEGMENT\s+CHARACTER\s+(\S+)\s+\S+\s+\"(\\?.)\"\s*$")
_PEN = {".PEN_DOWN", ".PEN_UP"}
_BOX = 255.0


@dataclass(frozen=True, slots=True)
class Written:
    """A character that somebody wrote, y downwards, its longer side 255."""

    label: str
    """One character: a digit, an ASCII letter or another sign of the keyboard."""
    site: str
    """Where it was recorded, three letters or fewer: each site has a tablet of its own."""
    writer: int
    """Unique in the site."""
    lines: tuple[Polyline, ...] = field(compare=False)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The lines as strokes."""
        return tuple(Stroke.of(line.tolist()) for line in self.lines)


def read_unipen(files: Sequence[Path]) -> list[Written]:
    """Return the characters in files of either form, in the order of the files; raises DataError.

    A character whose label or strokes are missing or damaged in the original is left out, as are
    repeated ones; a damaged line of JSON is an error.
    """
    written: list[Written] = []
    original: dict[str, bytes] = {}
    for path in files:
        for name, data in unpacked(path):
            if name.endswith(_LINES):
                written += _parse_lines(path, data)
            elif _DATA.search(name) or _INCLUDE.search(name):  # not words and texts
                original[name] = data
    written += _parse_original(original)
    if not written:
        raise DataError(
            _("These files hold none of UNIPEN's characters: choose its archive or *.jsonl.gz.")
        )
    return written


def _parse_lines(path: Path, data: bytes) -> Iterator[Written]:
    wrong = _("{path} is not a file of UNIPEN's characters: line {number}: {error}")
    for number, line in enumerate(data.splitlines(), 1):
        try:
            value = json.loads(line)
            writer = _WRITER.fullmatch(value["writer"])
            if writer is None or not isinstance(value["label"], str):
                raise ValueError(_("it has no writer or no label"))
            strokes = polylines_from_json(value["strokes"])
        except (ValueError, TypeError, KeyError, RecursionError, InkError) as error:
            raise DataError(wrong.format(path=path, number=number, error=brief(error))) from error
        yield Written(value["label"], writer[1], int(writer[2]), strokes)


# The original


@dataclass(frozen=True, slots=True)
class _Recording:
    """What the included files of a data file hold: components, counted over all of them."""

    writer: str
    components: tuple[Polyline | None, ...]
    """The points of each .PEN_DOWN; None for a .PEN_UP."""


def _parse_original(files: Mapping[str, bytes]) -> Iterator[Written]:
    """Yield the characters of the archive's data files, by name; writers count from 1 in a site."""
    included = {match[1]: data for name, data in files.items() if (match := _INCLUDE.search(name))}
    texts = {
        name: data.decode("latin-1").splitlines()
        for name, data in sorted(files.items())
        if _DATA.search(name)
    }
    by_recording = defaultdict(list)
    for name, lines in texts.items():
        names = [line.split()[1] for line in lines if _INCLUDES.match(line)]
        by_recording[tuple(names)].append(name)
    found: dict[str, tuple[str, list[tuple[str, tuple[Polyline, ...]]]]] = {}
    for recorded, data_files in by_recording.items():  # one at a time: all have 490 MB of text
        recording = _recording(recorded, included)
        for name in data_files:
            segments = filter(None, map(_SEGMENT.match, texts[name]))
            drawn = [(s[2][-1], _lines(s[1], recording.components)) for s in segments]
            found[name] = recording.writer, drawn
    sites = {name: _site(recorded) for recorded, names in by_recording.items() for name in names}
    writers: dict[str, dict[str, int]] = defaultdict(dict)
    for name in texts:
        writer, drawn = found[name]
        numbers = writers[sites[name]]
        number = numbers.setdefault(writer, len(numbers) + 1)
        for label, strokes in drawn:
            if strokes:
                yield Written(label, sites[name], number, strokes)


def _site(included: Sequence[str]) -> str:
    return PurePosixPath(included[0]).parts[0] if included else ""


def _recording(names: Iterable[str], included: Mapping[str, bytes]) -> _Recording:
    """Return the components of included files, in order; those that are missing have none."""
    writer = "".join(names)
    components: list[Polyline | None] = []
    for name in names:
        data = included.get(name, b"").decode("latin-1")
        for block in re.split(r"^(?=\.)", data, flags=re.MULTILINE):
            word, _space, rest = block.partition("\n")
            keyword, _blank, value = word.strip().partition(" ")
            if keyword == ".WRITER_ID":
                writer = value.strip()
            elif keyword in _PEN and rest.strip():
                components.append(_points(rest) if keyword == ".PEN_DOWN" else None)
    return _Recording(writer, tuple(components))


def _points(text: str) -> Polyline:
    """Return the first two numbers of each line as a point, y downwards; none if one is damaged."""
    points = []
    for line in text.splitlines():
        numbers = line.split()
        if len(numbers) >= 2:
            try:
                points.append((float(numbers[0]), -float(numbers[1])))
            except ValueError:
                return np.zeros((0, 2))
    return np.array(points, np.float64).reshape(-1, 2)


def _lines(numbers: str, components: Sequence[Polyline | None]) -> tuple[Polyline, ...]:
    """Return the strokes of a segment such as "25-26,30", in a box of 255; none if one is missing.

    A part of a component, "25:3-26:7", is left out: it is cut out of connected writing.
    """
    chosen: list[Polyline] = []
    for part in numbers.split(","):
        first, _dash, last = part.partition("-")
        if not first.isdigit() or not (last or first).isdigit():
            return ()
        indices = range(int(first), int(last or first) + 1)
        if not indices or indices[-1] >= len(components):
            return ()
        chosen += [line for i in indices if (line := components[i]) is not None and len(line)]
    return _boxed(chosen)


def _boxed(lines: list[Polyline]) -> tuple[Polyline, ...]:
    if not lines:
        return ()
    corner, extent = bounding_box(lines)
    return tuple((line - corner) * (_BOX / max(float(extent.max()), 1e-9)) for line in lines)


UNIPEN = DataSet(
    name="unipen",
    title="UNIPEN",
    patterns=("unipen/*.jsonl.gz", "unipen*.tar.gz", "unipen*.tgz", "unipen*.zip"),
    read=read_unipen,
    mirrors=(
        # DOI 10.5281/zenodo.1195803
        Mirror("https://zenodo.org/records/1195803/files/", ("unipen-CDROM-train_r01_v07.tgz",)),
    ),
)
