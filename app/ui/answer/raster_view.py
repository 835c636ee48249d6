"""The raster, as the network sees it: enlarged, ink white on black."""

import tkinter as tk
from typing import TYPE_CHECKING

from app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from PIL.ImageTk import PhotoImage

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
        self._photo: PhotoImage | None = None  # Tk shows an image only while Python refers to it
        self._item = self.create_image(theme.px(1), theme.px(1), anchor="nw", state="hidden")
        self.bind("<Destroy>", self._free_image)
        self.apply_theme()

    def show(self, raster: "Raster | None") -> None:
        """Show a raster, or black for none."""
        self._raster = raster
        if raster is None:
            self.itemconfigure(self._item, state="hidden")
            return
        from PIL import Image, ImageTk

        side = _SIDE * self._factor
        image = Image.fromarray((raster * 255).round().astype("uint8"))
        image = image.resize((side, side), Image.Resampling.NEAREST)
        if self._photo is None:
            self._photo = ImageTk.PhotoImage("L", image.size, master=self)
        self._photo.paste(image)
        self.itemconfigure(self._item, image=str(self._photo), state="normal")

    def grow(self, room: float) -> None:
        """Become as large as `room`, in pixels, allows with squares of equal size."""
        factor = max(int(room / _SIDE), self._least)
        if factor != self._factor:
            self.itemconfigure(self._item, image="")  # before its image is freed
            self._factor, self._photo = factor, None
            self.configure(width=_SIDE * factor, height=_SIDE * factor)
            self.show(self._raster)

    def _free_image(self, _event: object) -> None:
        """Free the image while Tk lives and on its thread: any other aborts the process."""
        self._photo = None

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        border = self._theme.palette.border
        self.configure(highlightbackground=border, highlightcolor=border)
