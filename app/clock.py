"""Owns the time since this process started, for `--trace-startup`."""

import sys
import time

_IMPORTED = time.perf_counter()


def ms_since_start() -> float:
    """Return milliseconds since the system started this process (since this import elsewhere).

    On Linux the start is known to 10 ms, the kernel's clock tick (proc(5), field 22 of stat).
    """
    if sys.platform == "linux":
        import os

        with open("/proc/self/stat", encoding="ascii", errors="replace") as file:  # noqa: PTH123
            fields = file.read().rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000
    return (time.perf_counter() - _IMPORTED) * 1000
