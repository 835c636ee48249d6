"""Lucide's icons in the colours of the theme, from masks that .ci/draw-toolbar-icons draws."""

import struct
import tkinter as tk

from app.resources import asset
from app.ui.theme.palette import Palette
from app.ui.theme.shapes import chunk, rgb

NAMES = (
    "ban",
    "chevron-left",
    "chevron-right",
    "clipboard-paste",
    "eraser",
    "folder-open",
    "graduation-cap",
    "list",
    "pencil",
    "redo-2",
    "trash-2",
    "undo-2",
    "x",
)
"""In the order of the masks."""
SIDE = 18
"""Of an icon, in pixels at 100 %."""
SIZES = (14, 16, 18, 20, 23, 27, 32, 36, 45, 54, 72)
"""The sides that there are masks for, in pixels."""
_OPACITIES = bytes(range(256))


class Icons:
    """Makes Tk images by name, and makes those that are in use anew in another palette."""

    def __init__(self, root: tk.Misc) -> None:
        self._call = root.tk.call
        self._used: set[str] = set()
        self._side = 0

    def use(self, name: str) -> tuple[str, ...]:
        """Return what ttk's option `image` takes: the icon, and it in states of its widget."""
        if name not in self._used:
            self._used.add(name)
            self._cut(name)
        icon = f"icon-{name}"  # without spaces: ttk takes a text with any for a list
        return icon, "disabled", f"{icon}-off", "selected", f"{icon}-on"

    def draw(self, scale: float, palette: Palette) -> None:
        """Draw the icons in a scale and a palette; call it before `use`."""
        self._side = min(SIZES, key=lambda size: abs(size - SIDE * scale))
        mask = (asset("icons") / "masks" / f"{self._side}.png").read_bytes()
        for role, colour in (
            ("", palette.text),
            ("-off", palette.muted),
            ("-on", palette.best),
            ("-over", palette.on_best),
        ):
            data = coloured(mask, colour)
            self._call("image", "create", "photo", f"icons{role}", "-data", data)
        for name in self._used:
            self._cut(name)

    def _cut(self, name: str) -> None:
        side, top = self._side, NAMES.index(name) * self._side
        for role in ("", "-off", "-on", "-over"):
            image = f"icon-{name}{role}"
            self._call("image", "create", "photo", image)
            self._call(image, "copy", f"icons{role}", "-from", 0, top, side, top + side)


def coloured(mask: bytes, colour: str) -> bytes:
    """Return a PNG in one colour "#rrggbb", as opaque as a mask is bright: a grey 8-bit PNG.

    Its pixels become indices of a table in which only the opacity changes, without unpacking them.
    """
    width, height, depth, kind = struct.unpack(">IIBB", mask[16:26])
    if (depth, kind) != (8, 0):
        raise ValueError(f"not a grey 8-bit PNG: {depth} bits, kind {kind}")
    table = chunk(b"PLTE", bytes(rgb(colour)) * 256) + chunk(b"tRNS", _OPACITIES)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    after_header = 33  # the signature and IHDR, which has 13 bytes
    return mask[:8] + chunk(b"IHDR", header) + table + mask[after_header:]
