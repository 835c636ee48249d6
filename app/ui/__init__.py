"""The window: the only code that imports tkinter. InklingError where Python has no Tk."""

import sys

from app.errors import InklingError
from app.i18n import _


def _no_tk() -> str:
    if sys.platform == "darwin":
        return _("This Python has no Tk. Install it with: brew install python-tk")
    return _(
        "This Python has no Tk. Install it with: sudo apt install python3-tk (Debian, Ubuntu), "
        "sudo dnf install python3-tkinter (Fedora), or use the Python that uv installs."
    )


try:
    import tkinter  # noqa: F401
except ImportError as error:
    raise InklingError(_no_tk()) from error
