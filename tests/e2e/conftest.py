"""The fixtures of the window tests, for the end-to-end tests."""

from tests.app.ui.conftest import open_window, root, samples

__all__ = ["open_window", "root", "samples"]
