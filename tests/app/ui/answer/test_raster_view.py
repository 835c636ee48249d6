"""The raster's picture, when the window grows."""

import tkinter as tk

import numpy as np

from app.ui.answer.raster_view import RasterView
from app.ui.theme.theme import Theme


def test_it_grows_after_its_picture_was_hidden(root: tk.Tk) -> None:
    view = RasterView(root, Theme(root))
    view.show(np.ones((28, 28), np.float32))
    view.show(None)
    view.grow(1000.0)
    assert str(view.tk.call(view, "itemcget", "all", "-state")) == "hidden"
    view.show(np.ones((28, 28), np.float32))
    assert str(view.tk.call(view, "itemcget", "all", "-image")) in root.image_names()
