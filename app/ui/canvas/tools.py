"""The tool in use and the pen's width."""

from app.storage.settings import PEN_WIDTHS, TOOLS
from app.ui.preferences import Preferences
from app.ui.signal import Signal

PEN = "pen"
ERASER = "eraser"
PICTURE = "picture"


class Tools:
    """Which tool the pointer is; pen and eraser, and the pen's width, are remembered."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self.tool = preferences.settings.tool
        """PEN, ERASER, or, while there is a picture, PICTURE."""
        self.changed: Signal[[]] = Signal()
        """Emitted when the tool has changed, or was chosen again."""

    @property
    def pen_width(self) -> float:
        """In drawing units of a page 400 units high."""
        return self._preferences.settings.pen_width

    def use(self, tool: str) -> None:
        """Use a tool from now on."""
        self.tool = tool
        if tool in TOOLS:
            self._preferences.change(tool=tool)
        self.changed.emit()

    def set_pen_width(self, width: float) -> None:
        """Set the pen's width; it is kept within PEN_WIDTHS."""
        least, most = PEN_WIDTHS
        self._preferences.change(pen_width=min(max(width, least), most))

    def widen_pen(self, units: float) -> None:
        """Make the pen wider, or thinner for a negative number."""
        self.set_pen_width(self.pen_width + units)
