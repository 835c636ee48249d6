"""Reading any file: what it is decides how it is read; bad ones give one error message."""

from io import BytesIO
from pathlib import Path

import pytest

from app.errors import InkError
from app.file_reader import read_content
from tests.app.imaging.pictures import PICTURE


def test_the_error_names_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    stream = BytesIO()
    PICTURE.save(stream, "PNG")
    bad = {
        "empty.png": (b"", "empty"),
        "text.png": (b"hello", "not a picture"),
        "cut.png": (stream.getvalue()[:2000], "damaged"),
        "bad.ink": (b"{", "damaged"),
    }
    for name, (content, said) in bad.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InkError, match=said):
            read_content(tmp_path / name)
    with pytest.raises(InkError, match="no such file"):
        read_content(tmp_path / "none.png")
    with pytest.raises(InkError, match="folder"):
        read_content(tmp_path)
