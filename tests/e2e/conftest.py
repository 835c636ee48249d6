"""The windows' fixtures, for the tests that go from one end to the other."""

from tests.app.ui.conftest import open_window, root, samples

__all__ = ["open_window", "root", "samples"]
