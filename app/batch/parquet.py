"""Reads drawings from Parquet files, and writes answers to one. Needs pyarrow, an extra."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from app.batch.items import GROUP, Item, failure, object_content
from app.errors import InkError, InklingError
from app.file_reader import parse_content
from app.i18n import _
from app.ink.drawing import Content
from app.storage.atomic_write import replacing

_BUFFER_BYTES = 1 << 20
_BLOCK_BYTES = 8 << 20


def require_pyarrow() -> None:
    """Raise InklingError, which tells how to install it, if pyarrow is missing."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise InklingError(
            _("Parquet files need pyarrow; from source, get it with: uv sync --extra parquet")
        ) from error


def parquet_groups(path: Path) -> Iterator[list[Item]]:
    """Yield the drawings in a file's column "image" or "strokes", by "id" if there is one.

    An image is a file's bytes, as in {"bytes": …}, or its path; strokes are as in JSON Lines, as
    lists or as a text of JSON. An error where the file is damaged.
    """
    done = 0
    try:
        require_pyarrow()
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with pq.ParquetFile(path, buffer_size=_BUFFER_BYTES) as file:
                column = _column(file, path)
                columns = [column, *({"id"} & set(file.schema_arrow.names))]
                for batch in file.iter_batches(GROUP, columns=columns, use_threads=False):
                    yield _batch_items(batch, column, str(path), done)
                    done += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            sentence = _("The Parquet file is damaged or incomplete; copy it again.")
            raise InkError(sentence) from error
    except InklingError as error:
        yield [failure(f"{path}[{done}]" if done else str(path), str(error))]


def count_parquet_rows(path: Path) -> int | None:
    """Return how many rows a file announces; None if it cannot be read."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return None
    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        return None


def write_parquet(journal: Path, target: Path, columns: Sequence[str]) -> None:
    """Write the lines of a finished journal, JSON, to a Parquet file; raises StorageError."""
    import pyarrow as pa
    import pyarrow.json as pj
    import pyarrow.parquet as pq

    types = dict.fromkeys(("id", "text", "label", "alternatives", "error"), pa.string())
    types |= dict.fromkeys(("is_digit", "is_known"), pa.bool_())
    schema = pa.schema([(name, types.get(name, pa.float64())) for name in columns])
    options = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    with (
        replacing(target) as temporary,
        journal.open("rb") as lines,
        pq.ParquetWriter(temporary, schema, compression="zstd") as writer,
    ):
        while block := b"".join(lines.readlines(_BLOCK_BYTES)):
            reading = pj.ReadOptions(use_threads=False, block_size=len(block) + 1)
            writer.write_table(pj.read_json(pa.BufferReader(block), reading, options))


def _column(file: Any, path: Path) -> str:
    names = file.schema_arrow.names
    if file.metadata.num_rows > path.stat().st_size:
        wrong = _("The Parquet file announces {rows} rows in {size} bytes; copy it again.")
        size = f"{path.stat().st_size:,}"
        raise InkError(wrong.format(rows=f"{file.metadata.num_rows:,}", size=size))
    for column in ("image", "strokes"):
        if column in names:
            return column
    shown = ", ".join(names[:10])
    wrong = _('The Parquet file has no column "image" or "strokes", only: {names}.')
    raise InkError(wrong.format(names=shown))


def _batch_items(batch: Any, column: str, path: str, first: int) -> list[Item]:
    has_id = "id" in batch.schema.names
    ids = batch.column("id").to_pylist() if has_id else [None] * batch.num_rows
    values = batch.column(column)
    paths = _paths(values) if column == "image" else [None] * batch.num_rows
    return [
        Item(
            f"{path}[{first + row}]" if id_ is None else _plain(id_),
            partial(_content, values, column, row),
            path=paths[row],
        )
        for row, id_ in enumerate(ids)
    ]


def _paths(images: Any) -> list[str | None]:
    """Return the path that each row of a column of images is; None for one of bytes."""
    import pyarrow as pa

    paths, has_bytes = images, [False] * len(images)
    if pa.types.is_struct(images.type):
        names = [field.name for field in images.type]
        paths = images.field("path") if "path" in names else pa.nulls(len(images))
        if "bytes" in names:
            has_bytes = images.field("bytes").is_valid().to_pylist()
    if not (pa.types.is_string(paths.type) or pa.types.is_large_string(paths.type)):
        return [None] * len(images)
    return [None if has else path for path, has in zip(paths.to_pylist(), has_bytes, strict=True)]


def _plain(id_: Any) -> Any:
    return id_ if isinstance(id_, (str, int)) else str(id_)


def _content(values: Any, column: str, row: int) -> Content:
    """Return the drawing in a row of a column; raises InkError."""
    value = values[row].as_py()
    if isinstance(value, dict):
        value = value.get("bytes") or value.get("path")
    if value is None:
        raise InkError(_("The row is empty."))
    if isinstance(value, bytes):
        return parse_content("", value)
    if column == "strokes" and isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise InkError(_("Strokes must be a list of lists of points.")) from error
    return object_content({column: value})
