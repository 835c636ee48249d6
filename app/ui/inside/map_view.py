"""The view "Map": validation samples in the embedding, and the drawing moving among them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from PIL.ImageTk import PhotoImage

from app.explanation.embedding_map import EmbeddingMap, Neighbour
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster
from app.ui.answer.formatting import percent
from app.ui.inside.view import InsideView
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.theme.shapes import mix
from app.ui.theme.theme import FONT_SMALL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.ink.drawing import Content
    from app.recognition.adaptation import KnownSamples
    from app.recognition.personal_recogniser import PersonalRecogniser

_NEAREST, _THUMBNAIL = 8, 56
"""How many samples are shown as thumbnails, and their side in pixels at 100 %."""
_GLYPH, _NAME, _MARGIN = 11, 24, 16
"""Of a sample's figure, a label's name, and the margin around all, in pixels at 100 %."""
_TRAIL = 60
"""Places of the drawing that are kept: a line through them shows how it moved."""
_MOVING = "moving"


@dataclass(frozen=True, eq=False)
class _Placed:
    """Where the drawing is on the map, or how far the map is; and the user's own samples."""

    map: EmbeddingMap | None
    progress: float
    known: KnownSamples | None = None
    labels: tuple[str, ...] = ()
    place: NDArray[np.float32] | None = None
    """None without ink."""
    nearest: tuple[Neighbour, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Of the user's own samples."""
        return () if self.known is None else self.known.names


class MapView(InsideView):
    """A plane with a figure for each sample; below it the nearest ones as thumbnails."""

    live = True
    needs_ink = False

    def build(self) -> None:
        """Make the widgets."""
        px = self.theme.px
        self._placed: _Placed | None = None
        self._picture: tuple[object, PhotoImage] | None = None
        """What the background was drawn for, and its image."""
        self._nearest: tuple[Neighbour, ...] = ()
        """Those that are shown."""
        self._thumbnails: list[PhotoImage] = []
        self.trail: list[tuple[float, float]] = []
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.plane = tk.Canvas(self, highlightthickness=px(1), borderwidth=0, width=1, height=1)
        self.plane.grid(row=0, column=0, sticky="nsew")
        self.plane.bind("<Configure>", lambda _event: self.draw())
        self._text = WrappedLabel(self, self.theme, style="Muted.TLabel")
        self._text.grid(row=1, column=0, sticky="ew", pady=(px(6), px(4)))
        height = px(_THUMBNAIL) + px(20)
        self.nearest = tk.Canvas(self, height=height, width=1, highlightthickness=0, borderwidth=0)
        self.nearest.grid(row=2, column=0, sticky="ew")
        self.bind("<Destroy>", self._free_pictures)

    def refresh(self, content: Content) -> None:
        """Find the place of the drawing, once the map is made."""
        cache = self.maps

        def steps(personal: PersonalRecogniser) -> Iterator[_Placed | None]:
            for progress in cache.steps(personal):
                yield _Placed(None, progress) if cache.map is None else None
            found, known = cache.map, personal.cache.samples()
            assert found is not None
            labels = personal.recogniser.alphabet.labels
            raster = drawing_raster(content)
            if raster is None:
                yield _Placed(found, 1.0, known, labels)
                return
            embedding = personal.recogniser.calibrated_outputs(raster).embedding
            nearest = tuple(found.nearest(embedding, _NEAREST))
            yield _Placed(found, 1.0, known, labels, found.place(embedding), nearest)

        self.explore(steps, self.show)

    def show(self, placed: _Placed) -> None:
        """Show where the drawing is."""
        before, self._placed = self._placed, placed
        if placed.place is None:
            self.trail.clear()
        else:
            self.trail.append((float(placed.place[0]), float(placed.place[1])))
            del self.trail[:-_TRAIL]
        if placed.map is None:
            self._text.set_text(
                _("Making the map: {share}").format(share=percent(placed.progress, 0))
            )
        elif before is None or before.map is not placed.map:
            text = _(
                "The plane shows {share} of what distinguishes the samples; □: your own samples."
            )
            self._text.set_text(text.format(share=percent(placed.map.shown, 0)))
        if before is None or before.map is not placed.map or before.names != placed.names:
            self.draw()
        else:
            self._draw_moving(placed)

    def clear(self) -> None:
        """Never called: it has something to show without ink."""

    def draw(self) -> None:
        """Draw the plane in the present size and colours."""
        palette, placed = self.theme.palette, self._placed
        border = palette.border
        self.plane.configure(
            background=palette.paper, highlightbackground=border, highlightcolor=border
        )
        self.nearest.configure(background=palette.ground)
        self.plane.delete("all")
        self.nearest.delete("all")
        if placed is None or placed.map is None or placed.known is None:
            return
        self.plane.create_image(0, 0, anchor="nw", image=str(self._background(placed.map)))
        self._draw_own(placed.map, placed.known, placed.labels)
        self._draw_moving(placed)

    def _draw_moving(self, placed: _Placed) -> None:
        """Draw what moves with the pen: the drawing, and the samples that are nearest to it."""
        self.plane.delete(_MOVING)
        if placed.map is not None:
            self._draw_drawing(placed.map)
            if placed.nearest != self._nearest or not self.nearest.find_all():
                self._nearest = placed.nearest
                self.nearest.delete("all")
                self._draw_nearest(placed.map, placed.nearest)

    def _to_pixels(self, found: EmbeddingMap, places: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return places on the map (n, 2) as pixels of the canvas."""
        points = found.points
        low, high = points.min(axis=0), points.max(axis=0)
        margin = self.theme.px(_MARGIN)
        size = np.array([self.plane.winfo_width(), self.plane.winfo_height()]) - 2 * margin
        pixels: NDArray[np.float64] = margin + (places - low) / (high - low) * np.maximum(size, 1)
        return pixels

    def _background(self, found: EmbeddingMap) -> PhotoImage:
        """Return the samples as figures, drawn again only where size or colours have changed."""
        palette, size = self.theme.palette, (self.plane.winfo_width(), self.plane.winfo_height())
        key = found, size, palette
        if self._picture is None or self._picture[0] != key:
            image = Image.new("RGB", size, palette.paper)
            draw = ImageDraw.Draw(image)
            font = ImageFont.load_default(self.theme.px(_GLYPH))
            colour = mix(palette.paper, palette.muted, 0.65)
            places = self._to_pixels(found, found.points).tolist()
            for place, label in zip(places, found.samples.labels.tolist(), strict=True):
                draw.text(place, str(label), colour, font, "mm")
            self._name_labels(draw, found)
            self._picture = key, PhotoImage(image, master=self.plane)
        return self._picture[1]

    def _name_labels(self, draw: ImageDraw.ImageDraw, found: EmbeddingMap) -> None:
        """Draw each label in the middle of its samples."""
        palette, px, labels = self.theme.palette, self.theme.px, found.samples.labels
        font = ImageFont.load_default(px(_NAME))
        points = found.points
        for label in np.unique(labels):
            middle = np.median(points[labels == label], axis=0)
            x, y = self._to_pixels(found, middle[None])[0].tolist()
            draw.text(
                (x, y),
                str(label),
                palette.text,
                font,
                "mm",
                stroke_width=px(3),
                stroke_fill=palette.paper,
            )

    def _draw_own(self, found: EmbeddingMap, known: KnownSamples, labels: tuple[str, ...]) -> None:
        if not known.names:
            return
        palette, side = self.theme.palette, self.theme.px(8)
        places = self._to_pixels(found, found.place(known.embeddings)).tolist()
        for (x, y), label in zip(places, known.labels, strict=True):
            box = (x - side, y - side, x + side, y + side)
            self.plane.create_rectangle(*box, outline=palette.text, fill=palette.paper, width=2)
            text = "–" if label is None else labels[label]
            self.plane.create_text(x, y, text=text, font=FONT_SMALL, fill=palette.text)

    def _draw_drawing(self, found: EmbeddingMap) -> None:
        """Draw the way of the drawing, and where it is now."""
        if not self.trail:
            return
        palette, radius = self.theme.palette, self.theme.px(6)
        places = self._to_pixels(found, np.array(self.trail, np.float32)).tolist()
        if len(places) > 1:
            width = self.theme.px(2)
            line = [number for place in places for number in place]
            self.plane.create_line(*line, fill=palette.best, width=width, tags=_MOVING)
        x, y = places[-1]
        box = (x - radius, y - radius, x + radius, y + radius)
        self.plane.create_oval(
            *box, fill=palette.best, outline=palette.paper, width=2, tags=_MOVING
        )

    def _draw_nearest(self, found: EmbeddingMap, nearest: tuple[Neighbour, ...]) -> None:
        px, palette = self.theme.px, self.theme.palette
        side, step = px(_THUMBNAIL), px(_THUMBNAIL) + px(18)
        for number, one in enumerate(nearest):
            raster = found.samples.rasters[one.index]
            image = Image.fromarray((raster * 255).astype(np.uint8))
            image = image.resize((side, side), Image.Resampling.NEAREST)
            if number == len(self._thumbnails):
                self._thumbnails.append(PhotoImage("L", image.size, master=self.nearest))
            self._thumbnails[number].paste(image)
            x = number * step + px(3)
            self.nearest.create_image(x, 0, anchor="nw", image=str(self._thumbnails[number]))
            text = f"{found.samples.labels[one.index]} · {percent(max(one.cosine, 0.0), 0)}"
            self.nearest.create_text(
                x + side / 2,
                side + px(2),
                text=text,
                anchor="n",
                font=FONT_SMALL,
                fill=palette.muted,
            )

    def _free_pictures(self, event: tk.Event[tk.Misc]) -> None:
        """Free the images while Tk lives and on its thread: any other aborts the process."""
        if event.widget is self:
            self._picture = None
            self._thumbnails.clear()
