"""Lucide's icons in the colours of the theme, from masks that .ci/draw-toolbar-icons draws."""

import struct
import tkinter as tk
from typing import Literal

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
Role = Literal["text", "muted", "best", "on_best"]
"""The colour of the palette that an icon has."""
_OPACITIES = bytes(range(256))


class Icons:
    """Makes Tk images by name, and makes those that are in use anew in another palette."""

    def __init__(self, root: tk.Misc) -> None:
        self._call = root.tk.call
        self._used: set[tuple[str, Role]] = set()
        self._colours: dict[Role, str] = {}
        self._side = 0
        self._mask = b""

    def image(self, name: str, role: Role) -> str:
        """Return the name of an icon's image; it has no spaces, which ttk takes for a list."""
        if (name, role) not in self._used:
            self._used.add((name, role))
            self._cut(name, role, self._strip(role))
        return f"icon-{name}-{role}"

    def draw(self, scale: float, palette: Palette) -> None:
        """Draw the icons in a scale and a palette; call it before `image`."""
        self._colours = {
            "text": palette.text,
            "muted": palette.muted,
            "best": palette.best,
            "on_best": palette.on_best,
        }
        self._side = min(SIZES, key=lambda size: abs(size - SIDE * scale))
        self._mask = (asset("icons") / "masks" / f"{self._side}.png").read_bytes()
        strips = {role: self._strip(role) for role in {role for _name, role in self._used}}
        for name, role in self._used:
            self._cut(name, role, strips[role])

    def _strip(self, role: Role) -> str:
        data = coloured(self._mask, self._colours[role])
        return str(self._call("image", "create", "photo", f"icons {role}", "-data", data))

    def _cut(self, name: str, role: Role, strip: str) -> None:
        side, top, image = self._side, NAMES.index(name) * self._side, f"icon-{name}-{role}"
        self._call("image", "create", "photo", image)
        self._call(image, "copy", strip, "-from", 0, top, side, top + side)


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
