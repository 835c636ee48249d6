"""`inkling --self-test`: tries every part of this very program on this machine."""

import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.edition import FULL, SOURCE, edition
from app.errors import InklingError
from app.formats.strokes_file import strokes_from_json
from app.i18n import _
from app.ink.drawing import Content
from app.ink.rasterize import RASTER_VERSION, Raster, rasterize
from app.recognition.model import characters_recogniser, shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.stdio import silence_native_stderr
from app.storage.log import stop_log
from app.storage.sample_store import SampleStore
from app.training_process import has_tensorflow, training_output

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_SEVEN = [[(0.0, 0.0), (40.0, 0.0), (15.0, 60.0)]]
_WINDOW_TIMEOUT_S = 30.0
_TRAINING_TIMEOUT_S = 300.0

Detail = dict[str, Any]
"""What a check found, as JSON."""


class SkippedError(InklingError):
    """A part that cannot be tried on this machine; its text is the reason."""


def self_test() -> int:
    """Try every part, print the results as JSON, and return 0, or 1 if anything failed.

    The user's own files are not touched: everything is stored in a temporary folder.
    """
    # So that the temporary folder is removed: a handler's exception unwinds the stack.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    this = edition()
    checks = list(_run_checks(this.name))
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


def _run_checks(edition_name: str) -> Iterator[Detail]:
    with tempfile.TemporaryDirectory(prefix="inkling-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        yield _run("model", _check_model)
        yield _run("raster", _check_raster)
        yield _run("recogniser", _check_recogniser)
        yield _run("store", partial(_check_store, folder / "samples"))
        yield _run("window", partial(_check_window, folder / "profile"))
        if edition_name in (SOURCE, FULL):
            yield _run("training", partial(_check_training, edition_name))


def _run(name: str, check: Callable[[], Detail]) -> Detail:
    """Return the result of a check; "ok" is null for a part that cannot be tried here."""
    started = time.perf_counter()
    ok: bool | None = True
    try:
        with silence_native_stderr():
            detail = check()
    except SkippedError as reason:
        ok, detail = None, {"skipped": str(reason)}
    except Exception as error:  # whatever it is, it is reported and the other parts go on
        ok, detail = False, {"error": str(error) or repr(error), "kind": type(error).__name__}
    return {"name": name, "ok": ok, "seconds": round(time.perf_counter() - started, 3), **detail}


def _check_model() -> Detail:
    card = shipped_recogniser().card
    return {"model": card.name, "sha256": card.sha256, "raster_version": RASTER_VERSION}


def _check_raster() -> Detail:
    image = _seven_raster()
    rows, columns = np.nonzero(image)
    side = max(int(np.ptp(rows)), int(np.ptp(columns))) + 1
    if not 18 <= side <= 22:
        raise InklingError(_("A raster's ink is {side} pixels long.").format(side=side))
    return {"ink": round(float(image.mean()), 4), "side": side}


def _seven_raster() -> Raster:
    image = rasterize(strokes_from_json(_SEVEN))
    if image is None or image.shape != (28, 28) or not 0.9 < float(image.max()) <= 1.0:
        raise InklingError(_("A drawing of a seven gave no raster."))
    return image


def _check_recogniser() -> Detail:
    prediction = shipped_recogniser().predict(_seven_raster())
    if prediction.text != "7":
        raise InklingError(
            _("A seven was read as {text}.").format(text=prediction.text or _("no digit"))
        )
    characters = characters_recogniser()
    if not characters.predict(_seven_raster()).is_known:
        raise InklingError(_("A seven was read as {text}.").format(text=_("None of these")))
    return {
        "text": prediction.text,
        "confidence": round(prediction.confidence, 4),
        "characters": characters.card.sha256,
    }


def _check_store(folder: Path) -> Detail:
    taught = PersonalRecogniser(shipped_recogniser(), SampleStore(folder))
    taught.teach(Content(strokes=strokes_from_json(_SEVEN)), "4")
    reopened = PersonalRecogniser(shipped_recogniser(), SampleStore(folder))
    if len(reopened) != 1:
        raise InklingError(_("A stored sample could not be found."))
    return {"samples": len(reopened)}


def _check_window(profile: Path) -> Detail:
    """Open the real window, draw a seven in it with the pointer and wait for its answer."""
    try:
        from app.ui.startup import open_root, start_the_rest

        root = open_root()
    except InklingError as error:  # no Tk, or no display
        raise SkippedError(str(error)) from error
    from app.ui.main_window import MainWindow

    errors: list[str] = []
    window = MainWindow(root, profile)
    root.deiconify()
    root.update()
    start_the_rest(window, profile)
    root.report_callback_exception = lambda _kind, error, _trace: errors.append(repr(error))
    try:
        recognition, drag_and_drop = window.recognition, window.features.drag_and_drop
        _wait_until(window, lambda: recognition.is_ready)
        _draw_seven(window)
        _wait_until(window, lambda: not recognition.is_busy and recognition.result is not None)
        text = recognition.result.text if recognition.result else ""
        drag_and_drop.attach()
        drops = drag_and_drop.works
    finally:
        window.close()
        stop_log()  # Windows removes no folder with an open file in it
    if errors or text != "7":
        problem = errors[0] if errors else text or _("no digit")
        raise InklingError(_("A seven was read as {text}.").format(text=problem))
    return {"text": text, "drops": drops}


def _draw_seven(window: "MainWindow") -> None:
    canvas = window.sketchpad.canvas
    middle = min(canvas.winfo_width(), canvas.winfo_height()) / 2
    points = [(round(middle + 2 * x), round(middle + 2 * y)) for x, y in _SEVEN[0]]
    canvas.event_generate("<ButtonPress-1>", x=points[0][0], y=points[0][1])
    for x, y in points[1:]:
        canvas.event_generate("<B1-Motion>", x=x, y=y)
    canvas.event_generate("<ButtonRelease-1>", x=points[-1][0], y=points[-1][1])


def _wait_until(window: "MainWindow", done: Callable[[], bool]) -> None:
    end = time.monotonic() + _WINDOW_TIMEOUT_S
    while not done():
        if window.recognition.problem is not None:
            raise InklingError(window.recognition.problem)
        if time.monotonic() > end:
            raise InklingError(_("The window did not answer."))
        window.root.update()
        time.sleep(0.002)


def _check_training(edition_name: str) -> Detail:
    if not has_tensorflow():
        if edition_name == SOURCE:
            raise SkippedError(_("TensorFlow is not installed."))
        raise InklingError(_("The full edition has no TensorFlow."))
    output = training_output(["self-test"], _TRAINING_TIMEOUT_S, CUDA_VISIBLE_DEVICES="")
    detail: Detail = json.loads(output.strip().splitlines()[-1])
    return detail
