"""The view "Time machine": ink, raster and bars at any moment of writing, and all curves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from tkinter import DoubleVar, StringVar, ttk
from typing import TYPE_CHECKING

from app.explanation.timeline import Timeline, timeline_steps
from app.explanation.timeline_export import timeline_csv, timeline_gif
from app.i18n import _
from app.ui.answer.raster_view import RasterView
from app.ui.inside.ink_canvas import InkCanvas, ink_extent
from app.ui.inside.label_choice import LabelChoice
from app.ui.inside.time.playback import SPEEDS, Playback
from app.ui.inside.time.time_curves import LEFT, RIGHT, TimeCurves
from app.ui.inside.view import InsideView, draw_something
from app.ui.theme.shapes import mix
from app.ui.toolkit.export import ask_and_export, ask_and_export_table
from app.ui.toolkit.segments import Choice, Segments

if TYPE_CHECKING:
    from app.ink.drawing import Content
    from app.recognition.personal_recogniser import PersonalRecogniser

_SIDE, _BARS = 230, 200
"""Of the ink and the bars, in pixels at 100 %."""
_KNOB = 9
"""Half of the slider's knob, in pixels at 100 %."""
_TICK_MS = 33
_PALE = 0.12
"""How far the colour of ink that is still to come is from the paper's to the text's."""


class TimeView(InsideView):
    """A slider goes through the drawing; play, speed, and export as GIF and CSV."""

    def build(self) -> None:
        """Make the widgets."""
        px = self.theme.px
        self._timeline: Timeline | None = None
        self._message = ""
        self.playback = Playback([0.0])
        self._timer: str | None = None
        self.columnconfigure(0, weight=3)
        self.columnconfigure(2, weight=2, minsize=px(_BARS))
        self.rowconfigure(0, weight=3)
        self.rowconfigure(1, weight=2)
        self.paper = InkCanvas(self, self.theme, _SIDE)
        self.paper.grid(row=0, column=0, sticky="nsew")
        self.paper.bind("<Configure>", lambda _event: self.draw())
        middle = ttk.Frame(self)
        middle.grid(row=0, column=1, sticky="n", padx=px(12))
        self._raster = RasterView(middle, self.theme)
        self._raster.pack()
        self._caption = ttk.Label(middle, style="Muted.TLabel", anchor="center")
        self._caption.pack(fill="x", pady=(px(6), 0))
        self.labels = LabelChoice(self, self.theme, lambda _label: None)
        self.labels.grid(row=0, column=2, sticky="nsew")
        self.curves = TimeCurves(self, self.theme, self.go_to)
        self.curves.grid(row=1, column=0, columnspan=3, sticky="nsew", pady=(px(10), 0))
        self._slid = DoubleVar(self, 0.0)
        self.slider = ttk.Scale(
            self, variable=self._slid, command=lambda value: self.go_to(float(value))
        )
        ends = px(LEFT - _KNOB), px(RIGHT - _KNOB)  # below the same moment of the curves
        self.slider.grid(row=2, column=0, columnspan=3, sticky="ew", padx=ends, pady=(px(6), 0))
        self._build_controls().grid(row=3, column=0, columnspan=3, sticky="ew", pady=(px(8), 0))
        self._enable()

    def _build_controls(self) -> ttk.Frame:
        frame, gap = ttk.Frame(self), self.theme.px(6)
        self.play_button = ttk.Button(frame, command=self.play, width=9)
        self.play_button.pack(side="left")
        ttk.Label(frame, text=_("Speed")).pack(side="left", padx=(2 * gap, gap))
        self._speed = StringVar(self, "1.0")
        choices = [
            Choice(str(speed), _("{factor}×").format(factor=f"{speed:g}")) for speed in SPEEDS
        ]
        Segments(
            frame, self.theme, choices=choices, variable=self._speed, command=self._set_speed
        ).pack(side="left")
        self.table_button = ttk.Button(frame, text=_("Export CSV…"), command=self.export_table)
        self.film_button = ttk.Button(frame, text=_("Export GIF…"), command=self.export_film)
        self.table_button.pack(side="right")
        self.film_button.pack(side="right", padx=gap)
        return frame

    def refresh(self, content: Content) -> None:
        """Answer the drawing as it was at every moment."""
        if not content.strokes:
            self._show_message(_("A picture was not written: there is no time to go back to."))
            return

        def steps(personal: PersonalRecogniser) -> Iterator[Timeline | None]:
            found = yield from timeline_steps(personal, content.strokes)
            yield found

        self.explore(steps, self.show)

    def show(self, timeline: Timeline) -> None:
        """Show a drawing's answers, at its end."""
        speed = self.playback.speed
        self._timeline = timeline
        self.playback = Playback([moment.t for moment in timeline.moments])
        self.playback.speed = speed
        self.slider.configure(to=max(self.playback.length, 1.0))
        self.curves.show(timeline, self.playback.times)
        self._enable()
        self.draw()

    def clear(self) -> None:
        """Show that there is no ink."""
        self._show_message(draw_something())

    def play(self) -> None:
        """Play, or pause."""
        if self.playback.is_playing:
            self.playback.go_to(self.playback.position)
        elif self._timeline is not None:
            self.playback.play()
            self._before = time.monotonic()
            self._tick()
        self._enable()

    def go_to(self, position: float) -> None:
        """Show the drawing so many milliseconds after its first point."""
        if self._timeline is not None:
            self.playback.go_to(position)
            self._enable()
            self.draw()

    def leave(self) -> None:
        """Stop playing."""
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None

    def draw(self) -> None:
        """Draw the present moment."""
        self.labels.apply_theme()
        self._raster.apply_theme()
        found = self._timeline
        if found is None:
            self.paper.message(self._message)
            self._raster.show(None)
            return
        index, palette = self.playback.index, self.theme.palette
        self.paper.begin(ink_extent(found.strokes))
        self.paper.ink(found.strokes, mix(palette.paper, palette.text, _PALE))
        self.paper.ink(found.drawn_at(index), palette.ink)
        self._raster.show(found.rasters[index])
        shares = tuple(found.probabilities[index].tolist())
        best = found.labels[shares.index(max(shares))] if found.is_digit[index] else ""
        self.labels.show_shares(found.labels, shares, best)
        seconds = found.moments[index].t / 1000
        self._caption.configure(text=_("{seconds} s").format(seconds=f"{seconds:.2f}"))
        self._slid.set(self.playback.position)
        self.curves.point_to(self.playback.position)

    def export_film(self) -> None:
        """Ask for a file, and write the animation there."""
        if (found := self._timeline) is not None:
            speed = self.playback.speed
            ask_and_export(
                self,
                lambda: timeline_gif(found, speed),
                suffix=".gif",
                file_type=_("Animation (GIF)"),
                status=self.status,
            )

    def export_table(self) -> None:
        """Ask for a file, and write the table of all moments there."""
        if (found := self._timeline) is not None:
            ask_and_export_table(self, lambda: timeline_csv(found), self.status)

    def _tick(self) -> None:
        self._timer = None
        now = time.monotonic()
        self.playback.advance((now - self._before) * 1000)
        self._before = now
        self.draw()
        if self.playback.is_playing:
            self._timer = self.after(_TICK_MS, self._tick)
        else:
            self._enable()

    def _set_speed(self) -> None:
        self.playback.speed = float(self._speed.get())

    def _show_message(self, text: str) -> None:
        self._timeline = None
        self._message = text
        self.playback = Playback([0.0])
        self.labels.clear()
        self._caption.configure(text="")
        self.curves.clear()
        self._enable()
        self.draw()

    def _enable(self) -> None:
        playing = self.playback.is_playing
        self.play_button.configure(text=_("Pause") if playing else _("Play"))
        state = "disabled" if self._timeline is None else "!disabled"
        for button in (self.play_button, self.film_button, self.table_button, self.slider):
            button.state([state])
