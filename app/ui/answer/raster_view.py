"""The raster, as the network sees it: enlarged, ink white on black."""

import tkinter as tk
from typing import TYPE_CHECKING

from app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from app.ink.rasterize import Raster

_SIDE = 28
_PIXEL = 5


class RasterView(tk.Canvas):
    """28 × 28 squares, each as bright as its pixel."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        self._least = self._factor = max(theme.px(_PIXEL), 1)
        self._raster: Raster | None = None
        side = _SIDE * self._factor
        super().__init__(
            parent,
            width=side,
            height=side,
            background="black",
            highlightthickness=theme.px(1),
            borderwidth=0,
            takefocus=False,
        )
        self._theme = theme
        self._images: tuple[tk.PhotoImage, tk.PhotoImage] | None = None
        self._item = self.create_image(theme.px(1), theme.px(1), anchor="nw", state="hidden")
        self.bind("<Destroy>", self._free_images)
        self.apply_theme()

    def show(self, raster: "Raster | None") -> None:
        """Show a raster, or black for none."""
        self._raster = raster
        if raster is None:
            self.itemconfigure(self._item, state="hidden")
            return
        grey = (raster * 255).round().astype("uint8").tobytes()
        small, large = self._get_images()
        small.configure(data=b"P5 28 28 255\n" + grey, format="ppm")
        self.tk.call(large, "copy", small, "-zoom", self._factor, "-compositingrule", "set")
        self.itemconfigure(self._item, state="normal")

    def grow(self, room: float) -> None:
        """Become as large as `room`, in pixels, allows with squares of equal size."""
        factor = max(int(room / _SIDE), self._least)
        if factor != self._factor:
            self._factor, self._images = factor, None
            self.configure(width=_SIDE * factor, height=_SIDE * factor)
            self.show(self._raster)

    def _get_images(self) -> tuple[tk.PhotoImage, tk.PhotoImage]:
        """Return the raster's image and the one that Tk enlarges it into.

        They are made when first needed: Tk's first image costs 15 ms at start.
        """
        if self._images is None:
            side = _SIDE * self._factor
            self._images = (
                tk.PhotoImage(master=self, width=_SIDE, height=_SIDE),
                tk.PhotoImage(master=self, width=side, height=side),
            )
            self.itemconfigure(self._item, image=self._images[1])
        return self._images

    def _free_images(self, _event: object) -> None:
        """Free the images while Tk lives and on its thread: any other aborts the process."""
        self._images = None

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        border = self._theme.palette.border
        self.configure(highlightbackground=border, highlightcolor=border)
