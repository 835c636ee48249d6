"""Fixtures for every test, and the rule that nothing is skipped in CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from app.i18n import set_language

# Many tests start a process with TensorFlow: importing it takes thrice as long where it is compiled
# each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("inkling", deadline=None)  # no test asserts a time
settings.load_profile("inkling")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make English the system's language, here and in every process that a test starts."""
    monkeypatch.setenv("LANGUAGE", "en")
    set_language(None)
    yield
    set_language("en")


@pytest.fixture
def characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a stand-in answer in all alphabets but digits, whatever model is shipped."""
    from app.storage.settings import ALPHABETS
    from tests.app.recognition.stand_in import stand_in

    monkeypatch.setattr("app.recognition.personal_recogniser.characters_recogniser", stand_in)
    monkeypatch.setattr("app.ui.alphabet.names.offered", lambda: ALPHABETS)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder with the data sets; skip without INKLING_DATA, fail in CI."""
    folder = os.environ.get("INKLING_DATA")
    if folder and Path(folder).is_dir():
        return Path(folder)
    message = "set INKLING_DATA to the folder with the data sets"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail in CI if anything was skipped: its machine has all that the tests need."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped:
        reporter.write_line(f"\nCI: {len(skipped)} skipped, which counts as failed", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
