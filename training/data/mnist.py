"""Owns reading MNIST (LeCun, Cortes, Burges 1998), checked by the hash of its decoded arrays."""

import hashlib
import zlib
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from app.translation import _
from training.data.folder import DataError, data_file

_SHA256 = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}


class Mnist(NamedTuple):
    """Images uint8 (n, 28, 28), ink high, and labels uint8 (n,), in the original order."""

    x_train: NDArray[np.uint8]
    y_train: NDArray[np.uint8]
    x_test: NDArray[np.uint8]
    y_test: NDArray[np.uint8]


def load_mnist(folder: Path | None = None) -> Mnist:
    """Return MNIST's 60,000 + 10,000 images; raises DataError if missing or not byte-exact."""
    path = data_file("mnist.npz", folder)
    try:
        with np.load(path, allow_pickle=False) as arrays:
            mnist = Mnist(*(arrays[name] for name in Mnist._fields))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as error:
        raise DataError(
            _("{path} is not MNIST as Keras packs it: {error}").format(path=path, error=error)
        ) from error
    for name, digest in _SHA256.items():
        if hashlib.sha256(np.ascontiguousarray(getattr(mnist, name)).data).hexdigest() != digest:
            raise DataError(
                _("{path} holds other pixels than MNIST; fetch it anew.").format(path=path)
            )
    return mnist
