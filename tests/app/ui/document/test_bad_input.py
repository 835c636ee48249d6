"""Bad files by every way of opening them: a plain sentence on an empty canvas, nothing is lost."""

import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.storage.settings import MOST_RECENT
from tests.app.ui.conftest import Driver

SEVEN = [(60, 80), (225, 80), (120, 340)]
CHINESE_NAME = "数字 七 {odd} $name.png"


def seven() -> Image.Image:
    picture = Image.new("RGB", (300, 400), "white")
    ImageDraw.Draw(picture).line(SEVEN, fill="black", width=25)
    return picture


def encoded(picture: Image.Image, kind: str, **how: object) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind, **how)
    return stream.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a PNG chunk."""
    whole = name + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


def png_head(width: int, height: int, bits: int = 8) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)


def bad_files() -> dict[str, tuple[bytes, str]]:
    """Return contents by file name, each with a part of what the message."""
    png, whole = encoded(seven(), "PNG"), "copy it or save it again"
    gif = bytearray(encoded(Image.new("P", (8, 8)), "GIF"))
    at = gif.index(b"\x2c")
    gif[at + 5 : at + 9] = struct.pack("<HH", 60_000, 60_000)  # the frame, not the screen
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 4_000_000))
    rows = chunk(b"IDAT", zlib.compress(bytes(20_001)))
    return {
        "200 megapixels.png": (png_head(20_000, 10_000) + rows, "8,000 × 8,000"),
        "100 megapixels.png": (png_head(10_000, 10_000) + rows, "10,000 × 10,000"),
        "bomb.png": (png_head(60_000, 60_000, 1) + rows, "8,000 × 8,000"),
        "bomb.gif": (bytes(gif), "8,000 × 8,000"),
        "text bomb.png": (png[:33] + text + png[33:], whole),
        "empty.png": (b"", "empty (0 bytes)"),
        "empty.ink": (b"", "empty (0 bytes)"),
        "text.png": (b"one two three", "save it as PNG or JPEG"),
        "cut.png": (png[: len(png) // 2], whole),
        "cut.jpg": (encoded(seven(), "JPEG")[:3000], whole),
        "cut.gif": (encoded(seven(), "GIF")[:300], whole),
        "cut.tif": (encoded(seven(), "TIFF")[:3000], whole),
        "cut.webp": (encoded(seven(), "WEBP")[:200], whole),
        "cut.ink": (b'{"format": "inkling-strokes", "width": 4', whole),
        "picture.ink": (png, whole),
        "deep.ink": (b"[" * 100_000, whole),
    }


def good_files(folder: Path) -> list[Path]:
    """Write odd pictures of a seven; each is read."""
    rgb = seven()
    grey = np.asarray(rgb.convert("L"))
    see_through = np.zeros((400, 300, 4), np.uint8)
    see_through[..., 3] = 255 - grey
    turned = Image.Exif()
    turned[0x0112] = 6
    blank = Image.new("RGB", rgb.size, "white")
    written: dict[str, bytes] = {
        "animated.gif": encoded(rgb, "GIF", save_all=True, append_images=[blank] * 3),
        "animated.webp": encoded(rgb, "WEBP", save_all=True, append_images=[blank] * 3),
        "cmyk.jpg": encoded(rgb.convert("CMYK"), "JPEG"),
        "lab.tif": encoded(rgb.convert("LAB"), "TIFF"),
        "16 bits.png": encoded(Image.fromarray(grey.astype(np.uint16) * 257), "PNG"),
        "floats.tif": encoded(Image.fromarray(grey.astype(np.float32) / 255), "TIFF"),
        "alpha.png": encoded(Image.fromarray(see_through), "PNG"),
        "grey alpha.png": encoded(Image.fromarray(see_through).convert("LA"), "PNG"),
        "turned.jpg": encoded(rgb.rotate(90, expand=True), "JPEG", exif=turned),
        "two levels.png": encoded(rgb.convert("1"), "PNG"),
        CHINESE_NAME: encoded(rgb, "PNG"),
        "a\nb.png": encoded(rgb, "PNG"),
        f"{'long' * 60}.png": encoded(rgb, "PNG"),
        "a\udcff\udcfe.png": encoded(rgb, "PNG"),
    }
    for name, data in written.items():
        try:
            (folder / name).write_bytes(data)
        except (OSError, UnicodeError):  # no name for this system's disks
            continue
    return sorted(folder.iterdir())


def ways(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[Path], None]]:
    """Return every way in for a file, by name."""
    window = driver.window

    def paste(path: Path) -> None:
        monkeypatch.setattr("PIL.ImageGrab.grabclipboard", lambda: [str(path)])
        window.features.clipboard.paste()

    def choose(path: Path) -> None:
        monkeypatch.setattr("tkinter.filedialog.askopenfilenames", lambda **_w: (str(path),))
        window.features.batch.ask_open()

    return {
        "open": choose,
        "recent": lambda path: window.features.batch.open_recent(str(path)),
        "drop": lambda path: window.features.drag_and_drop.open([str(path)]),
        "command line": lambda path: window.features.batch.take([path]),
        "with others": lambda path: window.features.batch.take([path, path]),
        "paste": paste,
    }


def test_a_bad_file_gives_a_message_and_nothing_is_lost(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = driver.window
    window.preferences.change(ask_unsaved=False)
    driver.seven()
    before = window.document.drawing.content
    for name, (data, message) in bad_files().items():
        (tmp_path / name).write_bytes(data)
        for way, go in ways(driver, monkeypatch).items():
            window.status.show("")
            assert not window.document.problem
            go(tmp_path / name)
            driver.until(lambda: message in window.status.text)  # noqa: B023
            assert window.status.text.count("\n") == 0 and window.status.text.endswith("."), (
                name,
                way,
            )
            if way != "paste":  # which has no name
                assert window.document.is_blank and message in window.document.problem, (name, way)
                window.document.undo()
            assert window.document.drawing.content is before, (name, way)
    assert window.preferences.settings.recent == ()
    driver.until(lambda: not window.features.tasks.shown)


def test_odd_pictures_are_read(driver: Driver, tmp_path: Path) -> None:
    window = driver.window
    for path in good_files(tmp_path):
        window.features.files.open(path)
        driver.until(lambda: window.document.path == path)  # noqa: B023
        driver.settle()
        assert (
            window.selection.prediction is not None and window.selection.prediction.text == "7"
        ), path
        assert np.asarray(window.sketchpad.picture()).min() < 100, path
        assert "\n" not in window.status.text, path


def test_a_folder_of_bad_files_can_be_stepped_through(driver: Driver, tmp_path: Path) -> None:
    for name, (data, _message) in bad_files().items():
        (tmp_path / name).write_bytes(data)
    good = tmp_path / "z.png"
    seven().save(good)
    batch = driver.window.features.batch
    batch.take([tmp_path])
    driver.until(lambda: len(batch.paths) == len(bad_files()) + 1)
    for _file in batch.paths[1:]:
        driver.settle()
        batch.step(1)
    driver.until(lambda: driver.window.document.path == good)
    driver.settle()
    assert (
        driver.window.selection.prediction is not None
        and driver.window.selection.prediction.text == "7"
    )


def test_a_path_that_is_no_file_gives_a_message(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders, pipes, links that go round, names that no disk has, files that may not be read."""
    window = driver.window
    (tmp_path / "folder.png").mkdir()
    messages = {
        tmp_path / "gone.png": "moved or renamed",
        tmp_path / f"{'x' * 300}.png": "cannot be read",
        Path("/".join(["y"] * 3_000)): "cannot be read",
        Path("a\0b.png"): "cannot be the name of a file",
        tmp_path / "folder.png": "choose a file in it",
    }
    if os.name == "posix":
        os.mkfifo(tmp_path / "pipe.png")
        (tmp_path / "loop.png").symlink_to("loop.png")
        messages |= {
            tmp_path / "pipe.png": "device or a pipe",
            tmp_path / "loop.png": "cannot be read",
        }
    for path, message in messages.items():
        window.status.show("")
        window.features.files.open(path)
        driver.until(lambda: message in window.status.text)  # noqa: B023
    window.features.batch.take([tmp_path / "folder.png"])
    driver.until(lambda: "has no pictures" in window.status.text)

    def forbidden(*_words: object, **_more: object) -> object:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "closed.png").write_bytes(encoded(seven(), "PNG"))
    (tmp_path / "closed.ink").write_bytes(b"{}")
    monkeypatch.setattr(Path, "open", forbidden)
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    for name in ("closed.png", "closed.ink"):
        window.status.show("")
        window.features.files.open(tmp_path / name)
        driver.until(lambda: "change its permissions" in window.status.text)
    assert window.document.drawing.content.is_empty


def test_recent_files_that_cannot_be_examined_are_kept(driver: Driver, tmp_path: Path) -> None:
    window = driver.window
    long, folder = f"/{'x' * 5_000}.png", tmp_path / "pictures"
    folder.mkdir()
    seven().save(folder / "a.png")
    vanished = [str(tmp_path / "gone.png"), str(folder / "a.png" / "b.png")]
    window.preferences.change(recent=(long, *vanished, str(folder)))
    window.features.batch.open_recent(long)
    driver.until(lambda: "cannot be read" in window.status.text)
    for name in vanished:
        window.status.show("")
        window.features.batch.open_recent(name)
        driver.until(lambda: "no longer exists" in window.status.text)
    assert window.preferences.settings.recent == (long, str(folder))
    window.features.batch.open_recent(str(folder))
    driver.until(lambda: window.document.path == folder / "a.png")
    menu = window.menu_bar.bar.winfo_children()[0]
    menu.tk.call(menu.cget("postcommand"))


def test_ten_thousand_recent_entries_and_what_is_none(
    open_window: Callable[..., Driver], profile: Path, tmp_path: Path
) -> None:
    profile.mkdir()
    odd = [7, None, {"a": 1}, ["x"], "", "a\0b", "a\nb.png", "\udcff.png"]
    entries = [*odd, *(str(tmp_path / f"{number}.png") for number in range(10_000))]
    (profile / "settings.json").write_text(json.dumps({"version": 1, "recent": entries}))
    driver = open_window()
    driver.settle()
    recent = driver.window.preferences.settings.recent
    assert len(recent) == MOST_RECENT and recent[:2] == ("a\nb.png", "\udcff.png")
    menu = driver.window.menu_bar.bar.winfo_children()[0]
    menu.tk.call(menu.cget("postcommand"))
    for name in recent[:2]:
        driver.window.status.show("")
        driver.window.features.batch.open_recent(name)
        driver.until(lambda: "no longer exists" in driver.window.status.text)
        assert "\n" not in driver.window.status.text
    driver.window.tools.set_pen_width(25.0)
    driver.window.preferences.write_now()
    assert len(json.loads((profile / "settings.json").read_text())["recent"]) == MOST_RECENT - 2


@pytest.mark.parametrize("name", ["bomb.png", "nowhere.png", "a folder"])
def test_the_program_starts_with_a_bad_file(
    root: object, profile: Path, tmp_path: Path, name: str
) -> None:
    assert root is not None and profile  # a screen
    if name in bad_files():
        (tmp_path / name).write_bytes(bad_files()[name][0])
    elif name == "a folder":
        (tmp_path / name).mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "app", "--trace-startup", str(tmp_path / name)],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["recogniser_ms"] > 0
    assert b"Traceback" not in done.stderr
