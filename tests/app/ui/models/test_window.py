"""The window "Models": cards, activate, compare, rename, delete, import and export."""

import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.recognition.model_store import SHIPPED, ModelStore
from app.recognition.personal_recogniser import load_personal_recogniser
from app.resources import shipped_model
from app.storage.paths import user_folders
from app.storage.progress_copy import Progress, ProgressCopy
from app.ui.models.window import ModelsWindow
from tests.app.recognition.damage import change_card
from tests.app.ui.conftest import Driver
from tests.app.ui.fake_training import HISTORY


@pytest.fixture
def store(profile: Path) -> ModelStore:
    models = ModelStore(profile / "models")
    models.install(shipped_model(), "mine")
    return models


@pytest.fixture
def opened(store: ModelStore, open_window: Callable[..., Driver]) -> tuple[Driver, ModelsWindow]:
    assert store.folder.is_dir()
    driver = open_window()
    driver.settle()
    driver.key("<Control-l>")
    driver.settle()
    window = driver.window.features.windows.get("models")
    assert isinstance(window, ModelsWindow)
    return driver, window


def select(driver: Driver, window: ModelsWindow, name: str) -> None:
    window.select(name)
    driver.root.update()
    driver.settle()


def card_text(window: ModelsWindow) -> str:
    """Return the names and values that the card shows, a line for each."""
    _title, *cells = window.card.winfo_children()
    texts = [str(getattr(cell, "full_text", cell.cget("text"))) for cell in cells]
    return "\n".join(map(": ".join, zip(texts[::2], texts[1::2], strict=True)))


def test_it_lists_the_models_with_their_cards(opened: tuple[Driver, ModelsWindow]) -> None:
    driver, window = opened
    assert list(window.models) == [SHIPPED, "mine"]
    select(driver, window, "mine")
    card = card_text(window)
    assert "MNIST test set: 99." in card and "SHA-256" in card and "Epochs: " in card
    assert "Draw something" in window.comparison.full_text


def test_the_list_has_the_focus_and_the_shipped_model_stays_as_it_is(
    opened: tuple[Driver, ModelsWindow],
) -> None:
    driver, window = opened
    buttons = window.use_button, window.rename_button, window.delete_button
    assert window.top.focus_get() is window._list

    def disabled() -> list[bool]:
        driver.root.update()
        return [button.instate(["disabled"]) for button in buttons]

    assert window._selected == SHIPPED and disabled() == [True, True, True]
    window._list.focus_force()
    window._list.event_generate("<Key-m>")
    assert window._selected == "mine" and disabled() == [False, False, False]
    window._list.event_generate("<Return>")
    driver.settle()
    assert window._active == "mine" and disabled() == [True, False, False]


def test_two_models_answer_the_current_drawing(opened: tuple[Driver, ModelsWindow]) -> None:
    driver, window = opened
    driver.seven()
    driver.settle()
    select(driver, window, "mine")
    assert window.comparison.full_text.count("answers 7") == 2
    select(driver, window, SHIPPED)
    assert window.comparison.full_text.count("answers 7") == 1


def test_a_model_is_activated_at_once_and_rolled_back(
    opened: tuple[Driver, ModelsWindow], store: ModelStore
) -> None:
    driver, window = opened
    select(driver, window, "mine")
    window.activate()
    driver.settle()
    assert store.active().name == "mine" and "is now active" in window.status.text
    driver.seven()
    driver.settle()
    assert (
        driver.window.selection.prediction is not None
        and driver.window.selection.prediction.text == "7"
    )
    select(driver, window, SHIPPED)
    window.activate()
    driver.settle()
    assert store.active().is_shipped


def test_rename_and_delete(opened: tuple[Driver, ModelsWindow], store: ModelStore) -> None:
    driver, window = opened
    select(driver, window, "mine")
    window.activate()
    driver.settle()
    select(driver, window, "mine")
    window.rename("better")
    driver.settle()
    assert list(window.models) == [SHIPPED, "better"] and store.active().name == "better"
    select(driver, window, "better")
    window.delete()
    driver.settle()
    assert list(window.models) == [SHIPPED] and store.active().is_shipped
    window.ask_delete()  # does not ask
    window.delete()
    driver.settle()
    assert "cannot be changed" in window.status.text


def test_a_damaged_model_is_shown_and_can_be_deleted(
    store: ModelStore, profile: Path, open_window: Callable[..., Driver]
) -> None:
    store.activate(store.install(shipped_model(), "bad").name)
    change_card(store.folder / "bad" / "digits.tflite", name="\ud800")
    driver = open_window(lambda: load_personal_recogniser(user_folders(profile)))
    driver.settle()
    assert driver.window.status.text == (
        "Your model bad cannot be used; the shipped model is used instead."
    )
    driver.seven()
    driver.key("<Control-l>")
    driver.settle()
    window = driver.window.features.windows.get("models")
    assert isinstance(window, ModelsWindow)
    assert list(window.models) == [SHIPPED, "bad", "mine"] and "bad" in window.status.text
    select(driver, window, "bad")
    assert "damaged" in card_text(window) and window.comparison.full_text == ""
    window.activate()
    driver.settle()
    assert "damaged" in window.status.text
    window.delete()
    driver.settle()
    assert list(window.models) == [SHIPPED, "mine"] and "Deleted bad" in window.status.text


def test_export_and_import(
    opened: tuple[Driver, ModelsWindow], store: ModelStore, tmp_path: Path
) -> None:
    driver, window = opened
    select(driver, window, "mine")
    window.files.export("mine", tmp_path / "out.zip")
    driver.until(lambda: "Exported mine" in window.status.text)
    window.files.import_file(tmp_path / "out.zip")
    driver.until(lambda: "Imported as out" in window.status.text)
    driver.settle()
    assert list(window.models) == [SHIPPED, "mine", "out"] and store.named("out").keras is not None
    (tmp_path / "bad.zip").write_bytes(b"hello")
    window.files.import_file(tmp_path / "bad.zip")
    driver.until(lambda: "not an exported model" in window.status.text)
    assert len(window.models) == 3


def test_a_keras_model_from_elsewhere_is_converted(
    opened: tuple[Driver, ModelsWindow], tmp_path: Path, data_folder: Path
) -> None:
    assert data_folder.is_dir()
    driver, window = opened
    shutil.copy(shipped_model().with_suffix(".keras"), tmp_path / "elsewhere.keras")
    window.files.import_file(tmp_path / "elsewhere.keras")
    driver.until(lambda: "elsewhere" in window.models, patience=120)
    select(driver, window, "elsewhere")
    assert "99." in card_text(window)


def test_the_curves_of_a_models_training_open_again(
    opened: tuple[Driver, ModelsWindow], store: ModelStore
) -> None:
    driver, window = opened
    select(driver, window, "mine")
    window.show_curves()
    assert "without the curves" in window.status.text and window.curves is None
    (store.folder / "mine" / "history.csv").write_text(HISTORY)
    window.show_curves()
    driver.until(lambda: window.curves is not None)
    assert window.curves is not None and "mine" in window.curves.top.title()
    driver.window.features.appearance.set_language("zh_CN")
    driver.root.update()
    assert window.curves.exists
    window.curves.close()


class Slow:
    """Stands for ProgressCopy: a piece is copied when the test lets it be."""

    def __init__(self, step: Progress, total: int) -> None:
        self._step = step
        self._whole = ProgressCopy(lambda _done, _total: None, total)

    def _wait(self) -> None:
        for _turn in range(2_000):
            self._step(3, 12)
            time.sleep(0.01)

    def copy(self, source: Path, to: Path) -> None:
        self._whole.copy(source, to)
        self._wait()

    def add_to_archive(self, archive: zipfile.ZipFile, source: Path, name: str) -> None:
        self._whole.add_to_archive(archive, source, name)
        self._wait()

    def extract(self, archive: zipfile.ZipFile, name: str, to: Path) -> None:
        self._whole.extract(archive, name, to)
        self._wait()


@pytest.mark.parametrize("what", ["export", "import", "import an archive"])
def test_slow_copies_show_themselves_and_leave_nothing_when_cancelled(
    opened: tuple[Driver, ModelsWindow],
    store: ModelStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    driver, window = opened
    store.export("mine", tmp_path / "mine.zip")
    monkeypatch.setattr("app.ui.dialogs.progress._SHOW_AFTER_MS", 1)
    monkeypatch.setattr("app.recognition.model_store.ProgressCopy", Slow)
    monkeypatch.setattr("app.recognition.model_import.ProgressCopy", Slow)
    if what == "export":
        window.files.export("mine", tmp_path / "out.zip")
    else:
        source = tmp_path / "mine.zip" if "archive" in what else shipped_model()
        window.files.import_file(source)
    tasks = driver.window.features.tasks
    driver.until(lambda: bool(tasks.shown))
    driver.until(lambda: tasks.shown[0].count.cget("text") == "3 of 12 MB")
    over = driver.root.tk.call("wm", "transient", tasks.shown[0].top)
    assert str(over) == str(window.top)
    driver.seven()  # the window lives on
    driver.settle()
    tasks.shown[0].button.invoke()
    driver.until(lambda: "Cancelled" in window.status.text)
    driver.until(lambda: not tasks.shown)
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == ["mine.zip"]
    assert [path.name for path in store.folder.iterdir()] == ["mine"]


def test_a_conversion_can_be_cancelled(
    opened: tuple[Driver, ModelsWindow],
    store: ModelStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver, window = opened
    monkeypatch.setattr("app.ui.dialogs.progress._SHOW_AFTER_MS", 1)
    started = tmp_path / "started"
    program = f"import time; open({str(started)!r}, 'w').write('x'); time.sleep(600)"
    monkeypatch.setattr(
        "app.training_process.training_command", lambda _words: [sys.executable, "-c", program]
    )
    ended: list[int] = []
    kill = subprocess.Popen.kill

    def killed(process: "subprocess.Popen[str]") -> None:
        ended.append(process.pid)
        kill(process)

    monkeypatch.setattr(subprocess.Popen, "kill", killed)
    (tmp_path / "elsewhere.keras").write_bytes(b"")
    window.files.import_file(tmp_path / "elsewhere.keras")
    driver.until(started.exists)
    driver.until(lambda: bool(driver.window.features.tasks.shown))
    driver.window.features.tasks.cancel_all()
    driver.until(lambda: "Cancelled" in window.status.text)
    assert len(ended) == 1
    assert [path.name for path in store.folder.iterdir()] == ["mine"]


def test_a_conversion_that_never_ends_is_reported(
    opened: tuple[Driver, ModelsWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, window = opened
    words = [sys.executable, "-c", "import time; time.sleep(600)"]
    monkeypatch.setattr("app.training_process.training_command", lambda _words: words)
    monkeypatch.setattr("app.training_process._CONVERSION_S", 0.3)
    window.files.import_file(tmp_path / "elsewhere.keras")
    driver.until(lambda: "took too long" in window.status.text)
