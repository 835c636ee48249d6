"""The sentence at the bottom of a window: what has just happened, or what is wrong."""

from app.ui.signal import Signal


class Status:
    """One sentence at a time; the status bar shows it."""

    def __init__(self) -> None:
        self.text = ""
        self.is_problem = False
        self.changed: Signal[[]] = Signal()

    def show(self, text: str, is_problem: bool = False) -> None:
        """Show a sentence in place of the one before; "" shows none."""
        self.text = text
        self.is_problem = is_problem
        self.changed.emit()

    def show_problem(self, text: str) -> None:
        """Show a sentence as a problem."""
        self.show(text, is_problem=True)

    def forget_problem(self) -> None:
        """Show no problem any more: what the user has typed or drawn since may have mended it."""
        if self.is_problem:
            self.show("")
