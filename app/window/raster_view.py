"""Owns the picture of what the network sees: the raster, enlarged, ink white on black."""

import tkinter as tk
from typing import TYPE_CHECKING

from app.window.look import Look

if TYPE_CHECKING:
    from app.ink.raster import Raster

_SIDE = 28
_ENLARGED = 5


class RasterView(tk.Canvas):
    """28 × 28 squares, each as bright as the network sees it."""

    def __init__(self, parent: tk.Misc, look: Look) -> None:
        self._factor = max(look.px(_ENLARGED), 1)
        side = _SIDE * self._factor
        super().__init__(
            parent,
            width=side,
            height=side,
            background="black",
            highlightthickness=look.px(1),
            borderwidth=0,
        )
        self._look = look
        # An image that Tk scales itself: 784 bytes go over, whatever the display's scale.
        self._small: tk.PhotoImage | None = tk.PhotoImage(master=self, width=_SIDE, height=_SIDE)
        self._large: tk.PhotoImage | None = tk.PhotoImage(master=self, width=side, height=side)
        edge = look.px(1)
        self._item = self.create_image(edge, edge, anchor="nw", image=self._large, state="hidden")
        self.bind("<Destroy>", self._let_go)
        self.dress()

    def show(self, raster: "Raster | None") -> None:
        """Show a raster, or black for none."""
        if raster is None or self._small is None:
            self.itemconfigure(self._item, state="hidden")
            return
        grey = (raster * 255).round().astype("uint8").tobytes()
        self._small.configure(data=b"P5 28 28 255\n" + grey, format="ppm")
        self.tk.call(
            self._large, "copy", self._small, "-zoom", self._factor, "-compositingrule", "set"
        )
        self.itemconfigure(self._item, state="normal")

    def _let_go(self, _event: object) -> None:
        """Free the images while Tk lives and on its thread: any other aborts the process."""
        self._small = self._large = None

    def dress(self) -> None:
        """Take the look's present colours."""
        border = self._look.palette.border
        self.configure(highlightbackground=border, highlightcolor=border)
