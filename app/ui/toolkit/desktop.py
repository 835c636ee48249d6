"""Owns what the desktop is asked: whether it is dark, and to show a file or a folder.

The questions take milliseconds to seconds: ask them on a thread.
"""

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

from app.resources import system_environment

_PATIENCE_S = 2.0
_PORTAL = (
    *("gdbus", "call", "--session", "--dest", "org.freedesktop.portal.Desktop"),
    *("--object-path", "/org/freedesktop/portal/desktop"),
    *("--method", "org.freedesktop.portal.Settings.Read"),
    *("org.freedesktop.appearance", "color-scheme"),
)
_GNOME = ("gsettings", "get", "org.gnome.desktop.interface", "color-scheme")
_MAC = ("defaults", "read", "-g", "AppleInterfaceStyle")


def desktop_is_dark() -> bool | None:
    """Return whether the desktop's user wants dark windows; None where it does not say."""
    if sys.platform == "win32":
        return _windows_is_dark()
    if sys.platform == "darwin":
        said = _said(_MAC)  # there is no such key while it is light
        return said is not None and "Dark" in said
    # freedesktop.org's Settings portal: 0 no preference, 1 dark, 2 light.
    said = _said(_PORTAL)
    scheme = re.search(r"uint32 (\d)", said or "")
    if scheme:
        return {"1": True, "2": False}.get(scheme[1])
    said = _said(_GNOME)
    return None if said is None or "default" in said else "prefer-dark" in said


def show_in_file_manager(place: Path) -> None:
    """Open a folder or a file as the system does; raises OSError where it has nothing for it."""
    if sys.platform == "win32":
        os.startfile(place)
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    subprocess.Popen(
        [opener, str(place)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=system_environment(),
        start_new_session=True,
    )


def _said(command: tuple[str, ...]) -> str | None:
    """Return what a command prints; None if it is not there, fails, or takes too long."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=system_environment(),
            timeout=_PATIENCE_S,
            text=True,
            check=True,
        )
        return done.stdout
    return None


def _windows_is_dark() -> bool | None:
    if sys.platform != "win32":
        return None
    import winreg

    name = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
    with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, name) as key:
        return winreg.QueryValueEx(key, "AppsUseLightTheme")[0] == 0
    return None
