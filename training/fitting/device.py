"""Owns which device TensorFlow uses."""

import tensorflow as tf

from app.errors import InklingError
from app.i18n import _, ngettext


class DeviceError(InklingError):
    """A device that this machine does not have."""


def use_device(name: str) -> None:
    """Let TensorFlow use "auto" (a GPU where there is one), "cpu", "gpu" or "gpu:N" only.

    GPUs take memory as it is needed, not all of it at once. Raises DeviceError.
    """
    gpus = tf.config.list_physical_devices("GPU")
    kind, _colon, number = name.lower().partition(":")
    if kind == "cpu":
        chosen = []
    elif kind == "auto" and not number:
        chosen = gpus
    elif kind == "gpu" and (not number or number.isdecimal()):
        place = int(number or 0)
        if place >= len(gpus):
            raise DeviceError(
                ngettext(
                    "TensorFlow finds {count} GPU here, so there is no {name}; use --device cpu.",
                    "TensorFlow finds {count} GPUs here, so there is no {name}; use --device cpu.",
                    len(gpus),
                ).format(count=len(gpus), name=name)
            )
        chosen = [gpus[place]]
    else:
        raise DeviceError(
            _("There is no device {name}; use auto, cpu, gpu or gpu:1.").format(name=name)
        )
    tf.config.set_visible_devices(chosen, "GPU")
    for gpu in chosen:
        tf.config.experimental.set_memory_growth(gpu, True)
