"""A button with an icon, and with text where that helps."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from app.ui.theme.theme import Theme


def icon_button(
    parent: tk.Misc, theme: Theme, icon: str, command: Callable[[], None], text: str = ""
) -> ttk.Button:
    """Return a button with an icon of icons.NAMES; it is muted while it is disabled."""
    image: Any = (theme.icon(icon), "disabled", theme.icon(icon, "muted"))
    return ttk.Button(
        parent, text=text, image=image, compound="left", style="Icon.TButton", command=command
    )
