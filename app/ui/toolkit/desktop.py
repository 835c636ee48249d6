"""The desktop's dark mode and file manager.

`desktop_is_dark` may take seconds: call it on a thread.
"""

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

from app.resources import system_environment

if sys.platform == "win32":
    import winreg

_TIMEOUT_S = 2.0
# freedesktop.org's Settings portal: 0 no preference, 1 dark, 2 light.
_PORTAL = (
    *("gdbus", "call", "--session", "--dest", "org.freedesktop.portal.Desktop"),
    *("--object-path", "/org/freedesktop/portal/desktop"),
    *("--method", "org.freedesktop.portal.Settings.Read"),
    *("org.freedesktop.appearance", "color-scheme"),
)
_GNOME = ("gsettings", "get", "org.gnome.desktop.interface", "color-scheme")
_MAC = ("defaults", "read", "-g", "AppleInterfaceStyle")
_WINDOWS = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"


def desktop_is_dark() -> bool | None:
    """Return whether the user wants dark windows; None where the desktop does not say."""
    if sys.platform == "win32":
        return _windows_is_dark()
    if sys.platform == "darwin":
        return "Dark" in (_output(_MAC) or "")  # the key exists in dark mode only
    scheme = re.search(r"uint32 (\d)", _output(_PORTAL) or "")
    if scheme:
        return {"1": True, "2": False}.get(scheme[1])
    gnome = _output(_GNOME)
    return None if gnome is None or "default" in gnome else "prefer-dark" in gnome


def show_in_file_manager(path: Path) -> None:
    """Open a folder or a file as the system does; raises OSError where it has no program for it."""
    if sys.platform == "win32":
        os.startfile(path)
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    subprocess.Popen(
        [opener, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=system_environment(),
        start_new_session=True,
    )


def _output(command: tuple[str, ...]) -> str | None:
    """Return what a command prints; None if it does not exist, fails, or takes too long."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=system_environment(),
            timeout=_TIMEOUT_S,
            text=True,
            check=True,
        ).stdout
    return None


def _windows_is_dark() -> bool | None:
    if sys.platform == "win32":
        with (
            contextlib.suppress(OSError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, _WINDOWS) as key,
        ):
            return bool(winreg.QueryValueEx(key, "AppsUseLightTheme")[0] == 0)
    return None
