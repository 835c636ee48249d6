"""The device and the memory of a training process."""

import contextlib
import ctypes
import gc
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
    kind, _colon, number = name.lower().partition(":")
    if kind == "cpu":
        chosen = []
    elif kind == "auto" and not number:
        chosen = gpus
    elif kind == "gpu" and (not number or number.isdecimal()):
        index = int(number or 0)
        if index >= len(gpus):
            raise DeviceError(
                ngettext(
                    "TensorFlow finds {count} GPU here, so there is no {name}; use --device cpu.",
                    "TensorFlow finds {count} GPUs here, so there is no {name}; use --device cpu.",
                    len(gpus),
                ).format(count=len(gpus), name=name)
            )
        chosen = [gpus[index]]
    else:
        wrong = _("There is no device {name}; use auto, cpu, gpu or gpu:1.")
        raise DeviceError(wrong.format(name=name))
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
