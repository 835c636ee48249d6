"""The fixtures of the window tests, for the end-to-end tests."""

from tests.app.ui.conftest import driver, open_window, profile, root, samples

__all__ = ["driver", "open_window", "profile", "root", "samples"]
