"""Numbers as text for people: percentages, durations, minus signs."""

from app.i18n import _


def percent(share: float, places: int = 1) -> str:
    """Return a share (0 to 1) in percent, never rounded up to 100 where it is less."""
    whole = 10 ** (places + 2)
    steps = min(int(share * whole + 0.5), whole - 1 if share < 1 - 0.05 / whole else whole)
    return _("{percent} %").format(percent=f"{100 * steps / whole:.{places}f}")


def duration(seconds: float) -> str:
    """Return a time as people say it: "50 seconds", "4 minutes", "1 h 20 min"."""
    if seconds < 90:
        return _("{count} seconds").format(count=max(round(seconds / 10) * 10, 10))
    minutes = round(seconds / 60)
    if minutes < 90:
        return _("{count} minutes").format(count=minutes)
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def with_minus(number: str) -> str:
    """Return a number with a minus sign as wide as its digits in place of a hyphen."""
    return number.replace("-", "−")


def signed(value: float) -> str:
    """Return a number with its sign and one decimal."""
    return with_minus(f"{value:+.1f}")
