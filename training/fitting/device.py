"""The device and the memory of a training process."""

import contextlib
import ctypes
import gc
import re
import sys

import tensorflow as tf

from app.errors import InklingError
from app.i18n import _, ngettext


class DeviceError(InklingError):
    """A device that this machine does not have."""


def use_device(name: str) -> None:
    """Make TensorFlow use only "auto" (a GPU if there is one), "cpu", "gpu" or "gpu:N".

    GPU memory is allocated as needed, not all at once. Raises DeviceError.
    """
    gpus = tf.config.list_physical_devices("GPU")
    devices = {"cpu": [], "auto": gpus, **{f"gpu:{i}": [gpu] for i, gpu in enumerate(gpus)}}
    chosen = devices.get("gpu:0" if name.lower() == "gpu" else name.lower())
    if chosen is None:
        wrong = _("There is no device {name}; use auto, cpu, gpu or gpu:1.")
        if re.fullmatch(r"gpu(:\d+)?", name.lower()):
            wrong = ngettext(
                "TensorFlow finds {count} GPU here, so there is no {name}; use --device cpu.",
                "TensorFlow finds {count} GPUs here, so there is no {name}; use --device cpu.",
                len(gpus),
            )
        raise DeviceError(wrong.format(count=len(gpus), name=name))
    tf.config.set_visible_devices(chosen, "GPU")
    for gpu in chosen:
        tf.config.experimental.set_memory_growth(gpu, True)


def release_memory() -> None:
    """Collect garbage, and let glibc return free memory to the system.

    Strokes are read as millions of small objects, whose memory glibc would otherwise keep.
    """
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL("libc.so.6").malloc_trim(0)
