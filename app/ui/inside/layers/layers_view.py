"""The view "Layers": what each layer makes of the ink, and how one value is computed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from dataclasses import dataclass
from tkinter import ttk
from typing import TYPE_CHECKING

from PIL import Image
from PIL.ImageTk import PhotoImage

from app.explanation.layers import DIGIT, EMBEDDING, FEATURES, LOGITS, RASTER, Layer, LayerViewer
from app.i18n import _
from app.imaging.drawing_raster import drawing_frame, drawing_raster
from app.ink.geometry import Rect
from app.ink.rasterize import RASTER_SIDE
from app.ui.answer.formatting import signed, with_minus
from app.ui.inside.ink_canvas import InkCanvas, ink_extent
from app.ui.inside.layers.arithmetic_view import ArithmeticView
from app.ui.inside.layers.layer_strip import Tile, tiles
from app.ui.inside.view import InsideView, draw_something
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.shapes import rgb
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG

if TYPE_CHECKING:
    from app.ink.drawing import Content
    from app.ink.rasterize import Raster
    from app.recognition.model import Recogniser
    from app.recognition.personal_recogniser import PersonalRecogniser

_SIDE, _ARITHMETIC = 248, 180
"""Of the ink, and the least height of the arithmetic, in pixels at 100 %."""
_BELOW_HEADING, _GAP = 5, 12
"""The space below a layer's heading, and that below its picture."""


@dataclass(frozen=True)
class _Seen:
    """The layers for some ink, and their pictures."""

    content: Content
    raster: Raster
    frame: Rect | None
    """Where the raster lies in the drawing."""
    viewer: LayerViewer
    layers: list[Layer]
    labels: tuple[str, ...]
    tiles: tuple[Tile, ...]


class LayersView(InsideView):
    """All layers in order, to scroll; a value that is pointed at is explained beside them."""

    def build(self) -> None:
        """Make the widgets."""
        px = self.theme.px
        self._seen: _Seen | None = None
        self._message = ""
        self._viewer: tuple[Recogniser, LayerViewer] | None = None
        """Of the model that answers; used on the recogniser's thread alone."""
        self._photos: list[PhotoImage] = []
        self._tops: list[int] = []
        self._marks: tuple[int, int] | None = None
        self.columnconfigure(1, weight=1)
        # A low window takes from the ink first: the arithmetic has figures to read.
        self.rowconfigure(0, weight=1)
        self.rowconfigure(1, weight=1000, minsize=px(_ARITHMETIC))
        self.paper = InkCanvas(self, self.theme, _SIDE)
        self.paper.grid(row=0, column=0, sticky="nw")
        self.arithmetic = ArithmeticView(self, self.theme, _SIDE)
        self.arithmetic.grid(row=1, column=0, sticky="nsew", pady=(px(8), 0))
        frame = ttk.Frame(self)
        frame.grid(row=0, column=1, rowspan=2, sticky="nsew", padx=(px(12), 0))
        self.strip = tk.Canvas(frame, highlightthickness=0, borderwidth=0, width=1, height=1)
        bar = ttk.Scrollbar(frame, orient="vertical", command=self.strip.yview)
        bar.pack(side="right", fill="y")
        self.strip.pack(side="left", fill="both", expand=True)
        self.strip.configure(yscrollcommand=bar.set, yscrollincrement=px(24))
        self.strip.bind("<Configure>", lambda _event: self.ask())
        self.strip.bind("<Motion>", self._pointed)
        self.strip.bind("<Leave>", lambda _event: self._explain_nothing())
        for event, by in (("<Button-4>", -3), ("<Button-5>", 3)):
            self.strip.bind(event, lambda _event, by=by: self.strip.yview_scroll(by, "units"))  # type: ignore[misc]
        self.strip.bind(
            "<MouseWheel>",
            lambda event: self.strip.yview_scroll(-3 if event.delta > 0 else 3, "units"),
        )
        self.bind("<Destroy>", self._free_pictures)

    def place_of(self, layer: int, row: int, column: int, channel: int) -> tuple[int, int]:
        """Return the pixel of the visible strip where a value is drawn."""
        assert self._seen is not None
        left, top, _right, _bottom = self._seen.tiles[layer].box(row, column, channel)
        return left, round(self._tops[layer] + top - self.strip.canvasy(0))

    def refresh(self, content: Content) -> None:
        """Compute the layers and draw their pictures."""
        width, scale = max(self.strip.winfo_width(), 1), self.theme.scale
        red, green, blue = rgb(self.theme.palette.ground)
        kept = self._viewer

        def steps(personal: PersonalRecogniser) -> Iterator[_Seen | None]:
            raster = drawing_raster(content)
            if raster is None:
                return
            recogniser = personal.recogniser
            viewer = kept[1] if kept is not None and kept[0] is recogniser else None
            viewer = viewer or LayerViewer(recogniser)
            self._viewer = recogniser, viewer
            layers = viewer.layers(raster)
            yield None
            made = tuple(tiles(layers, width, scale, (red, green, blue)))
            labels = recogniser.card.labels
            frame = drawing_frame(content)
            yield _Seen(content, raster, frame, viewer, layers, labels, made)

        self.explore(steps, self.show)

    def show(self, seen: _Seen) -> None:
        """Show the layers."""
        self._seen = seen
        self.draw()

    def clear(self) -> None:
        """Show that there is no ink."""
        self._seen = None
        self._message = draw_something()
        self.draw()

    def fail(self, problem: str) -> None:
        """Show why there are no layers."""
        self._seen = None
        self._message = problem
        self.draw()

    def draw(self) -> None:
        """Draw the ink and the layers' pictures."""
        palette, seen = self.theme.palette, self._seen
        self._marks = None
        self.strip.configure(background=palette.ground)
        self.strip.delete("all")
        if seen is None:
            self.paper.message(self._message)
            self.arithmetic.clear()
            return
        if seen.content.background is not None:
            self.paper.begin(seen.frame or seen.content.extent)
            self.paper.picture(seen.content)
        else:
            self.paper.begin(seen.frame or ink_extent(seen.content.strokes))
            self.paper.ink(seen.content.strokes, palette.ink)
        self._draw_strip(seen)

    def _draw_strip(self, seen: _Seen) -> None:
        px, palette = self.theme.px, self.theme.palette
        self._tops, top, width = [], 0, self.strip.winfo_width()
        for number, (layer, tile) in enumerate(zip(seen.layers, seen.tiles, strict=True)):
            text, font = _heading(number, layer), FONT_STRONG
            text = wrap_text(self.strip, text, width, font)
            heading = self.strip.create_text(
                0, top, text=text, anchor="nw", font=font, fill=palette.text, width=width
            )
            top = self.strip.bbox(heading)[3] + px(_BELOW_HEADING)
            photo = self._photo(number, Image.fromarray(tile.pixels))
            self.strip.create_image(0, top, anchor="nw", image=str(photo))
            self._tops.append(top)
            top += len(tile.pixels)
            if layer.kind == LOGITS:
                top += self._write_labels(seen, tile, top)
            top += px(_GAP)
        del self._photos[len(seen.tiles) :]
        self.strip.configure(scrollregion=(0, 0, width, top))

    def _photo(self, number: int, image: Image.Image) -> PhotoImage:
        """Return the Tk image of a layer; one of the same size is painted anew."""
        if number < len(self._photos):
            photo = self._photos[number]
            if (photo.width(), photo.height()) == image.size:
                photo.paste(image)
                return photo
        photo = PhotoImage(image, master=self.strip)
        self._photos[number : number + 1] = [photo]
        return photo

    def _write_labels(self, seen: _Seen, tile: Tile, top: int) -> int:
        """Write labels below the logits, where they fit; return the height."""
        if len(seen.labels) > tile.per_row or tile.enlarged < self.theme.px(8):
            return 0
        for index, label in enumerate(seen.labels):
            left, _top, right, _bottom = tile.box(0, 0, index)
            self.strip.create_text(
                (left + right) / 2,
                top,
                text=label,
                anchor="n",
                font=FONT_SMALL,
                fill=self.theme.palette.muted,
            )
        return self.theme.px(16)

    def _pointed(self, event: tk.Event[tk.Misc]) -> None:
        """Explain the value below the pointer."""
        seen, y = self._seen, self.strip.canvasy(event.y)
        if seen is None:
            return
        for tile, top in zip(seen.tiles, self._tops, strict=True):
            if 0 <= y - top < len(tile.pixels):
                place = tile.at(event.x, y - top)
                if place is not None:
                    self._explain(seen, tile, top, place)
                    return
        self._explain_nothing()

    def _explain(self, seen: _Seen, tile: Tile, top: int, place: tuple[int, int, int]) -> None:
        row, column, channel = place
        left, upper, right, lower = tile.box(row, column, channel)
        self._mark(seen, (left, top + upper, right, top + lower), tile.layer, row, column)
        value = float(seen.layers[tile.layer].values[row, column, channel])
        if tile.layer == 1:
            found = seen.viewer.arithmetic(seen.raster, row, column, channel)
            self.arithmetic.show(found, channel)
        else:
            self.arithmetic.clear()
        self.status.show(_sentence(seen, tile.layer, place, value))

    def _explain_nothing(self) -> None:
        self.status.show("")
        if self._marks is not None:
            self.strip.delete(self._marks[0])
            self.paper.delete(self._marks[1])
            self._marks = None

    def _mark(
        self, seen: _Seen, box: tuple[int, int, int, int], layer: int, row: int, column: int
    ) -> None:
        """Mark a value, and the part of the ink that it depends on."""
        self._explain_nothing()
        best, px = self.theme.palette.best, self.theme.px
        mark = self.strip.create_rectangle(*box, outline=best, width=px(2))
        left, top, right, bottom = seen.viewer.receptive_field(layer, row, column)
        frame = seen.frame or Rect(0, 0, RASTER_SIDE, RASTER_SIDE)
        pixel = frame.width / RASTER_SIDE
        edge = px(3) / self.paper.viewport.zoom / pixel  # what is further out would be cut off
        low, high = edge, RASTER_SIDE - edge
        field = Rect(
            frame.left + max(left, low) * pixel,
            frame.top + max(top, low) * pixel,
            frame.left + min(right, high) * pixel,
            frame.top + min(bottom, high) * pixel,
        )
        self._marks = mark, self.paper.box(field, outline=best, width=px(3))

    def _free_pictures(self, event: tk.Event[tk.Misc]) -> None:
        """Free the images while Tk lives and on its thread: any other aborts the process."""
        if event.widget is self:
            self._photos.clear()


def _heading(number: int, layer: Layer) -> str:
    rows, columns, count = layer.values.shape
    match layer.kind:
        case kind if kind == RASTER:
            return _("The raster: all that the network sees")
        case kind if kind == FEATURES and rows * columns > 1:
            text = _("Layer {number}: {count} maps of {rows} × {columns}")
            return text.format(number=number, count=count, rows=rows, columns=columns)
        case kind if kind == EMBEDDING:
            return _("Embedding: {count} values, by which ink is compared").format(count=count)
        case kind if kind == LOGITS:
            return _("Logits: the largest is the answer")
        case kind if kind == DIGIT:
            text = _("Is it one of the labels at all? Logit {value}")
            return text.format(value=signed(float(layer.values[0, 0, 0])))
        case _other:
            return _("Layer {number}: {count} values").format(number=number, count=count)


def _sentence(seen: _Seen, layer: int, place: tuple[int, int, int], value: float) -> str:
    """Return what is told of a value."""
    row, column, channel = place
    figure = with_minus(f"{value:.2f}")
    kind = seen.layers[layer].kind
    if kind == RASTER:
        text = _("Pixel in row {row}, column {column}: {value}")
        return text.format(row=row + 1, column=column + 1, value=figure)
    if kind == LOGITS:
        return _("Logit of {label}: {value}").format(label=seen.labels[channel], value=figure)
    left, top, right, bottom = seen.viewer.receptive_field(layer, row, column)
    text = _("Value {number}: {value}. It depends on {columns} × {rows} pixels of the raster.")
    columns, rows = min(right - left, RASTER_SIDE), min(bottom - top, RASTER_SIDE)
    return text.format(number=channel + 1, value=figure, columns=columns, rows=rows)
