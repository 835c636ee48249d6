"""Owns `inkling --self-test`: does every part of this very program work on this machine?"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.edition import FULL, SOURCE, edition
from app.errors import InklingError
from app.i18n import _
from app.resources import shipped_model
from app.stdio import silence_native_stderr
from app.training_process import has_tensorflow, training_output

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_SEVEN = [[(0.0, 0.0), (40.0, 0.0), (15.0, 60.0)]]
_PATIENCE_S = 30.0
_TRAINING_PATIENCE_S = 300.0
Detail = dict[str, Any]


class SkippedError(InklingError):
    """A part that cannot be tried on this machine, and why."""


def self_test() -> int:
    """Try every part, print what came of it as JSON, and return 0, or 1 if anything failed.

    Nothing of the user's is touched: what is stored goes into a folder that is thrown away.
    """
    this = edition()
    checks = list(_checks(this.name))
    passed = all(check["ok"] is not False for check in checks)
    report = {
        "edition": this.name,
        "version": this.version,
        "python": sys.version.split()[0],
        "ok": passed,
        "checks": checks,
    }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    sys.stdout.flush()
    return 0 if passed else 1


def _checks(kind: str) -> Iterator[Detail]:
    with tempfile.TemporaryDirectory(prefix="inkling-") as name:
        folder = Path(name)
        yield _tried("model", _model)
        yield _tried("raster", _raster)
        yield _tried("recogniser", _recogniser)
        yield _tried("store", lambda: _store(folder / "samples"))
        yield _tried("window", lambda: _window(folder / "profile"))
        if kind in (SOURCE, FULL):
            yield _tried("training", lambda: _training(kind))


def _tried(name: str, check: Callable[[], Detail]) -> Detail:
    """Return what came of a check: "ok" is null for a part that cannot be tried here."""
    started = time.perf_counter()
    ok: bool | None = True
    try:
        with silence_native_stderr():  # LiteRT greets there, unasked
            detail = check()
    except SkippedError as reason:
        ok, detail = None, {"skipped": str(reason)}
    except Exception as error:  # whatever it is, the report says so and the other parts go on
        ok, detail = False, {"error": str(error) or repr(error), "kind": type(error).__name__}
    return {"name": name, "ok": ok, "seconds": round(time.perf_counter() - started, 3), **detail}


def _model() -> Detail:
    from app.recognition.model import Recogniser

    card = Recogniser(shipped_model()).card
    return {"model": card.name, "sha256": card.sha256, "raster_version": card.raster_version}


def _raster() -> Detail:
    import numpy as np

    from app.formats.strokes_file import strokes_from_json
    from app.ink.rasterize import rasterize

    image = rasterize(strokes_from_json(_SEVEN))
    if image is None or image.shape != (28, 28) or not 0.9 < float(image.max()) <= 1.0:
        raise InklingError(_("A seven was not inked as a raster."))
    rows, columns = np.nonzero(image)
    side = max(int(np.ptp(rows)), int(np.ptp(columns))) + 1
    if not 18 <= side <= 22:
        raise InklingError(_("A raster's ink is {side} pixels long.").format(side=side))
    return {"ink": round(float(image.mean()), 4), "side": side}


def _recogniser() -> Detail:
    from app.formats.strokes_file import strokes_from_json
    from app.ink.rasterize import rasterize
    from app.recognition.model import shipped_recogniser

    image = rasterize(strokes_from_json(_SEVEN))
    if image is None:
        raise InklingError(_("A seven was not inked as a raster."))
    prediction = shipped_recogniser().predict(image)
    if prediction.text != "7":
        raise InklingError(
            _("A seven was read as {text}.").format(text=prediction.text or _("no digit"))
        )
    return {"text": prediction.text, "confidence": round(prediction.confidence, 4)}


def _store(folder: Path) -> Detail:
    from app.formats.strokes_file import strokes_from_json
    from app.ink.drawing import Content
    from app.recognition.model import shipped_recogniser
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.storage.sample_store import SampleStore

    taught = PersonalRecogniser(shipped_recogniser(), SampleStore(folder))
    taught.teach(Content(strokes=strokes_from_json(_SEVEN)), "4")
    reopened = PersonalRecogniser(shipped_recogniser(), SampleStore(folder))
    if len(reopened) != 1:
        raise InklingError(_("A stored sample was not found again."))
    return {"samples": len(reopened)}


def _window(profile: Path) -> Detail:
    """Open the real window, draw a seven in it with the pointer and wait for its answer."""
    from app.ui.startup import open_root, start_the_rest

    try:
        root = open_root()
    except InklingError as error:
        raise SkippedError(str(error)) from error
    from app.ui.main_window import MainWindow

    errors: list[str] = []
    window = MainWindow(root, profile)
    root.deiconify()
    root.update()
    start_the_rest(window, profile)
    root.report_callback_exception = lambda _kind, error, _trace: errors.append(repr(error))
    try:
        _wait(window, lambda: window.ready)
        _draw(window)
        _wait(window, lambda: not window.busy and window.prediction is not None)
        text = window.prediction.text if window.prediction else ""
        window.dropping.attach()
        drops = window.dropping.works
    finally:
        window.close()
    if errors or text != "7":
        problem = errors[0] if errors else text or _("no digit")
        raise InklingError(_("A seven was read as {text}.").format(text=problem))
    return {"text": text, "drops": drops}


def _draw(window: "MainWindow") -> None:
    canvas = window.sketchpad.canvas
    middle = min(canvas.winfo_width(), canvas.winfo_height()) / 2
    places = [(round(middle + 2 * x), round(middle + 2 * y)) for x, y in _SEVEN[0]]
    canvas.event_generate("<ButtonPress-1>", x=places[0][0], y=places[0][1])
    for x, y in places[1:]:
        canvas.event_generate("<B1-Motion>", x=x, y=y)
    canvas.event_generate("<ButtonRelease-1>", x=places[-1][0], y=places[-1][1])


def _wait(window: "MainWindow", done: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not done():
        if window.problem is not None:
            raise InklingError(window.problem)
        if time.monotonic() > end:
            raise InklingError(_("The window did not answer."))
        window.root.update()
        time.sleep(0.002)


def _training(kind: str) -> Detail:
    if not has_tensorflow():
        if kind == SOURCE:
            raise SkippedError(_("TensorFlow is not installed."))
        raise InklingError(_("The full edition has no TensorFlow."))
    output = training_output(["self-test"], _TRAINING_PATIENCE_S, CUDA_VISIBLE_DEVICES="")
    detail: Detail = json.loads(output.strip().splitlines()[-1])
    return detail
