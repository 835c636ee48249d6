"""The views of the program that screenshots are taken of, and how each is opened."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from app.file_reader import picture_content
from app.formats.folder_scan import find_files
from app.i18n import _
from app.ink.drawing import Content
from app.ink.renderer import render_thumbnail
from app.ink.stroke import Point, Stroke
from app.recognition.model_store import ModelStore
from app.recognition.personal_recogniser import PersonalRecogniser
from app.ui.dialogs.progress import Progress, ProgressWindow
from app.ui.inside.window import LAYERS, MAP, TIME, WEIGHTS, WHY_NOT
from app.ui.main_window import MainWindow
from benchmarks.screenshots.ink import (
    ARROW,
    CIRCLE,
    FOUR,
    LETTER_O,
    PAIR,
    SCRIBBLE,
    SMALL_A,
    UNSURE,
    digits_drawn,
)
from benchmarks.screenshots.symbol_views import (
    answered_by_symbols,
    empty_symbols,
    own_symbols,
)
from benchmarks.screenshots.training_views import (
    better_training,
    failed_training,
    running_training,
    worse_training,
)
from training.data.pendigits import PenDigit

_LEAST = (640, 480)
_PAGE = 400.0
_WAIT_MS = 200


@dataclass(frozen=True)
class View:
    """How a view is opened, and the main window before."""

    open: Callable[[MainWindow], Any]
    size: tuple[int, int] | None = None
    ink: str | None = FOUR
    number: bool = False
    alphabet: str = "digits"
    scales: tuple[float, ...] | None = None
    """The scales that it is taken at; None: all."""


def _nothing(_window: MainWindow) -> None:
    """Leave the main window as it is."""


def _bare(window: MainWindow) -> None:
    window.features.appearance.toggle_raster()
    window.features.appearance.toggle_candidates()


def _menu(index: int, *inside: int) -> Callable[[MainWindow], None]:
    def open_it(window: MainWindow) -> None:
        call, bar = window.root.tk.call, str(window.menu_bar.bar)
        menu = window.menu_bar.bar.winfo_children()[index]
        x = call(bar, "xposition", index)
        # Only shown: tk_popup would grab the pointer and wait.
        call(menu, "post", x, window.root.winfo_rooty())
        window.root.update()
        for entry in inside:
            inner = call(menu, "entrycget", entry, "-menu")
            right = call("winfo", "rootx", menu) + call("winfo", "width", menu)
            top = call("winfo", "rooty", menu) + call(menu, "yposition", entry)
            call(inner, "post", right, top)

    return open_it


def _context_menu(window: MainWindow) -> None:
    menu, canvas = window.features.canvas_menu, window.sketchpad.canvas
    menu.fill()
    # Only shown: tk_popup would grab the pointer and wait.
    call, x, y = window.root.tk.call, canvas.winfo_rootx(), canvas.winfo_rooty()
    call(menu.menu, "post", x + canvas.winfo_width() // 3, y + canvas.winfo_height() // 3)
    window.root.update()


def _picture(window: MainWindow) -> None:
    window.document.replace(picture_content(_seven()))
    window.features.picture_tool.use()
    window.features.picture_tool.nudge(-12, 8)


def _inside(name: str) -> Callable[[MainWindow], Any]:
    def open_it(window: MainWindow) -> Any:
        shown: Any = window.features.show("inside")
        shown.chosen.set(name)
        shown.show_view()
        if name == TIME:
            window.root.after(_WAIT_MS, lambda: shown.view.go_to(0.6 * shown.view.playback.length))
        return shown

    return open_it


def _inside_picture(window: MainWindow) -> Any:
    window.document.replace(picture_content(_seven()))
    return window.features.show("inside")


def _inside_ghost(window: MainWindow) -> Any:
    shown = _inside(WHY_NOT)(window)
    shown.top.lower(window.root)
    return _Ghost(shown)


class _Ghost:
    """The main window, once the search for a change has ended."""

    def __init__(self, shown: Any) -> None:
        self._shown = shown
        self.top = shown.root

    @property
    def is_ready(self) -> bool:
        """Whether the change is shown."""
        return bool(self._shown.is_ready)


def _seven() -> Image.Image:
    image = Image.new("L", (300, 200), 228)
    ImageDraw.Draw(image).line([(110, 40), (190, 40), (140, 170)], fill=40, width=14)
    return image


def _several(window: MainWindow) -> None:
    folder = _profile(window) / "letters"
    folder.mkdir()
    for name in ("first", "second", "third"):
        _seven().save(folder / f"{name}.png")
    window.features.batch.take([folder])


def _files(window: MainWindow) -> Any:
    folder = _profile(window) / "letters"
    folder.mkdir()
    for number, digit in enumerate(digits_drawn()[:30]):
        content = _content(digit)
        if number % 7 == 3:  # two digits: none
            content = replace(
                content, strokes=content.strokes + _content(digits_drawn()[1]).strokes
            )
        render_thumbnail(content, 160).save(folder / f"scan-{number + 1}.png")
    (folder / "scan-7.png").write_bytes(b"no picture")
    window.features.batch.begin(find_files(folder, []))
    window.root.after(_WAIT_MS, lambda: window.features.batch.step(1))
    return window.features.show("files")


def _files_refused(window: MainWindow) -> Any:
    listing = _files(window)
    listing.filter_buttons["refused"].invoke()
    return listing


def _next_digit(window: MainWindow) -> None:
    window.features.next_digit.toggle()
    for number, digit in enumerate(digits_drawn()[:8]):
        window.root.after(number * 110, _draw_kept, window, digit)


def _draw_kept(window: MainWindow, digit: PenDigit) -> None:
    window.features.next_digit.make_room()
    window.document.replace(_content(digit))


def _broken_file(window: MainWindow) -> None:
    path = _profile(window) / "letter.png"
    path.write_bytes(b"no picture")
    window.features.files.open(path)


def _crash(window: MainWindow) -> None:
    def fail() -> None:
        raise ValueError("list index out of range")

    window.root.after_idle(fail)


def _restored(window: MainWindow) -> None:
    window.status.show(
        _("This drawing was not saved when Inkling ended unexpectedly; here it is again.")
    )


def _progress(window: MainWindow) -> Any:
    progress = Progress()
    shown = ProgressWindow(
        window.root, window.theme, lambda: _("Looking for pictures and drawings…"), progress
    )
    progress(1234, 10_000)
    shown.update()
    return shown


def _dropped_down(window: MainWindow) -> None:
    dialog = window.features.show("settings")
    box = next(
        child
        for frame in dialog.frame.winfo_children()
        for child in frame.winfo_children()
        if child.winfo_class() == "TCombobox"
    )
    window.root.update()
    window.root.tk.call("ttk::combobox::Post", box)


def _scrolled(dialog: Any) -> Any:
    dialog.page_of_text.yview_moveto(1.0)
    return dialog


def _samples(count: int) -> Callable[[MainWindow], Any]:
    def open_it(window: MainWindow) -> Any:
        digits = digits_drawn()[:count]

        def job(recogniser: PersonalRecogniser) -> None:
            for index, digit in enumerate(digits):
                label = "" if index % 11 == 7 else str((digit.label + (index % 9 == 4)) % 10)
                recogniser.teach(_content(digit), label)

        def taught(_none: None) -> None:
            window.root.after(2 * _WAIT_MS, select)

        def select() -> None:
            if count:
                shown.grid.canvas.event_generate("<Button-1>", x=150, y=60)

        shown: Any = window.features.show("samples")
        window.samples.change(job, taught, window.status.show_problem)
        return shown

    return open_it


def _letters(window: MainWindow) -> Any:
    digits = digits_drawn()[:26]

    def job(recogniser: PersonalRecogniser) -> None:
        for index, digit in enumerate(digits):
            label = "" if index % 11 == 7 else "CkgoSpZ"[index % 7]
            recogniser.for_alphabet("letters").teach(_content(digit), label)

    shown: Any = window.features.show("samples")
    window.samples.change(job, lambda _none: None, window.status.show_problem)
    return shown


def _content(digit: PenDigit) -> Content:
    points = [point for stroke in digit.strokes for point in stroke.points]
    left, top = min(point.x for point in points), min(point.y for point in points)
    side = max(max(p.x for p in points) - left, max(p.y for p in points) - top, 1.0)
    times = 0.6 * _PAGE / side
    strokes = (
        Stroke(
            tuple(
                Point((p.x - left) * times + 80, (p.y - top) * times + 80, p.t)
                for p in stroke.points
            ),
            16.0,
        )
        for stroke in digit.strokes
    )
    return Content(strokes=tuple(strokes))


def _models(window: MainWindow) -> Any:
    store = ModelStore(window.folders.models)
    for name in ("My hand 2026-03-14", "A colleague with a rather long name"):
        store.install(store.shipped().path, name)
    shown: Any = window.features.show("models")
    window.root.after(_WAIT_MS, shown.select, "My hand 2026-03-14")
    return shown


def _curves(window: MainWindow) -> Any:
    from app.ui.retrain.curves_window import CurvesWindow

    points = better_training(window).state.points
    return CurvesWindow(window.root, window.theme, name="My hand 2026-03-14", points=points)


def _decided(window: MainWindow) -> Any:
    training = better_training(window)
    window.root.after(3 * _WAIT_MS, training.decide, "use")
    return training


def _rename(window: MainWindow) -> None:
    models = _models(window)
    window.root.after(2 * _WAIT_MS, models.ask_rename)


def _delete(window: MainWindow) -> None:
    models = _models(window)
    window.root.after(2 * _WAIT_MS, models.ask_delete)


def _end_training(window: MainWindow) -> None:
    training = running_training(window)
    window.root.after(2 * _WAIT_MS, training.ask_cancel)


def _retrain(window: MainWindow) -> Any:
    from app.ui.retrain.dialog import RetrainDialog

    return RetrainDialog(window.root, window.theme, sample_count=12, begin=lambda _choice: None)


def _untrainable(window: MainWindow) -> Any:
    dialog = _retrain(window)

    def choose_nothing() -> None:
        for wanted in dialog.data.values():
            wanted.set(False)
        assert dialog.choice is None

    window.root.after(4 * _WAIT_MS, choose_nothing)
    return dialog


def _profile(window: MainWindow) -> Path:
    assert window.profile is not None
    return window.profile


VIEWS = {
    "main": View(_nothing),
    "least": View(_nothing, _LEAST),
    "large": View(_nothing, (1080, 760)),
    "roomy": View(_nothing, (1600, 1000), scales=(1.0,)),
    "wide": View(_nothing, (2560, 1440), scales=(1.0,)),
    "wide-number": View(_nothing, (2560, 1440), number=True, scales=(1.0,)),
    "unsure": View(_nothing, ink=UNSURE),
    "no-digit": View(_nothing, ink=SCRIBBLE),
    "circle": View(_nothing, ink=CIRCLE),
    "offer": View(_nothing, ink=PAIR),
    "offer-least": View(_nothing, _LEAST, ink=PAIR),
    "taught": View(lambda window: window.correction.label("4")),
    "letters": View(_nothing, ink=SMALL_A, alphabet="letters"),
    "letters-least": View(_nothing, _LEAST, ink=SMALL_A, alphabet="letters"),
    "letters-taught": View(
        lambda window: window.correction.label("Q"), ink=SMALL_A, alphabet="letters"
    ),
    "characters": View(_nothing, ink=LETTER_O, alphabet="characters"),
    "characters-least": View(_nothing, _LEAST, ink=LETTER_O, alphabet="characters"),
    "characters-none": View(_nothing, ink=SCRIBBLE, alphabet="characters"),
    "characters-hint": View(_nothing, _LEAST, ink=None, alphabet="characters"),
    "alphabets": View(lambda window: window.toolbar.alphabet.open(), _LEAST),
    "menu-alphabet": View(_menu(2, 0)),
    "menu-labels": View(_menu(3, 0), ink=LETTER_O, alphabet="characters"),
    "menu-capitals": View(_menu(3, 0), ink=LETTER_O, alphabet="capitals"),
    "samples-letters": View(_letters, ink=None, alphabet="letters"),
    "number": View(_nothing, number=True),
    "number-taught": View(lambda window: window.correction.label("9"), number=True),
    "number-least": View(_nothing, _LEAST, number=True),
    "hint": View(_nothing, ink=None),
    "hint-number": View(_nothing, _LEAST, ink=None, number=True),
    "focus": View(lambda window: window.toolbar.undo_button.focus_force()),
    "focus-segment": View(lambda window: window.toolbar.digit_button.focus_force()),
    "eraser": View(lambda window: window.tools.use("eraser"), _LEAST),
    "bare": View(_bare, _LEAST),
    "menu-file": View(_menu(0, 3)),
    "menu-export": View(_menu(0, 11)),
    "menu-edit": View(_menu(1, 12)),
    "menu-view": View(_menu(2, 10)),
    "menu-language": View(_menu(2, 11)),
    "menu-model": View(_menu(3, 0)),
    "menu-help": View(_menu(4)),
    "menu-canvas": View(_context_menu),
    "tooltip": View(lambda window: window.panel.tooltips[-1].show()),
    "tooltip-width": View(lambda window: window.toolbar.tooltips[0].show()),
    "picture": View(_picture, _LEAST, ink=None),
    "next-digit": View(_next_digit),
    "next-digit-least": View(_next_digit, _LEAST),
    "next-digit-empty": View(lambda window: window.features.next_digit.toggle(), ink=None),
    "several": View(_several, ink=None),
    "files": View(_files, ink=None),
    "files-refused": View(_files_refused, ink=None),
    "problem": View(_broken_file, _LEAST, ink=None),
    "restored": View(_restored, _LEAST),
    "crash": View(_crash),
    "unsaved": View(lambda window: window.features.files.new()),
    "open": View(lambda window: window.features.batch.ask_open(), ink=None),
    "progress": View(_progress),
    "settings": View(lambda window: window.features.show("settings")),
    "settings-list": View(_dropped_down),
    "guide": View(lambda window: window.features.show("guide")),
    "guide-end": View(lambda window: _scrolled(window.features.show("guide"))),
    "shortcuts": View(lambda window: window.features.show("shortcuts")),
    "shortcuts-end": View(lambda window: _scrolled(window.features.show("shortcuts"))),
    **{f"inside-{name}": View(_inside(name)) for name in (WEIGHTS, LAYERS, TIME, WHY_NOT, MAP)},
    "inside-picture": View(_inside_picture, ink=None),
    "inside-ghost": View(_inside_ghost, ink=UNSURE),
    "about": View(lambda window: window.features.show("about")),
    "samples": View(_samples(60)),
    "samples-empty": View(_samples(0)),
    "symbols": View(own_symbols, ink=ARROW),
    "symbols-empty": View(empty_symbols, ink=None),
    "symbols-answer": View(answered_by_symbols, ink=ARROW),
    "symbols-least": View(answered_by_symbols, _LEAST, ink=ARROW),
    "symbols-none": View(answered_by_symbols, ink=SCRIBBLE),
    "symbols-hint": View(_nothing, _LEAST, ink=None, alphabet="own"),
    "models": View(_models),
    "rename": View(_rename),
    "delete": View(_delete),
    "retrain": View(_retrain),
    "retrain-problem": View(_untrainable),
    "training": View(running_training),
    "training-end": View(_end_training),
    "training-failed": View(failed_training),
    "training-better": View(better_training),
    "training-decided": View(_decided),
    "training-curves": View(_curves),
    "training-worse": View(worse_training),
}
