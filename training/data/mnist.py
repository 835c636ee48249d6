"""Reader for MNIST (LeCun, Cortes & Burges 1998), checked by the SHA-256 of its decoded arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.i18n import _
from training.data.dataset import DataError, DataSet, IncompleteError, Mirror, sha256_of_arrays
from training.data.unpack import unpacked

_SHA256 = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}
_SHAPES = {
    (60_000, 28, 28): "x_train",
    (60_000,): "y_train",
    (10_000, 28, 28): "x_test",
    (10_000,): "y_test",
}
_IDX_NAMES = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}


@dataclass(frozen=True, slots=True)
class Mnist:
    """Images uint8 (n, 28, 28), ink 255 on 0, and labels uint8 (n,), in the original order."""

    x_train: NDArray[np.uint8]
    y_train: NDArray[np.uint8]
    x_test: NDArray[np.uint8]
    y_test: NDArray[np.uint8]


def read_mnist(files: Sequence[Path]) -> Mnist:
    """Return MNIST from an .npz or from the four idx files, gzipped or not; raises DataError."""
    arrays: dict[str, NDArray[np.uint8]] = {}
    for path in files:
        for name, data in unpacked(path):
            array = _array(name, data, path)
            arrays[_field_of(array, path)] = array
    missing = [_IDX_NAMES[field.name] for field in fields(Mnist) if field.name not in arrays]
    if missing:
        wrong = _("Of MNIST's four files these are missing: {names}.")
        raise IncompleteError(wrong.format(names=", ".join(missing)))
    for name, digest in _SHA256.items():
        if sha256_of_arrays([arrays[name]]) != digest:
            wrong = _("{path} holds other pixels than MNIST; download it again.")
            raise DataError(wrong.format(path=files[0]))
    return Mnist(**arrays)


def parse_idx(data: bytes) -> NDArray[np.uint8]:
    """Return the array in an idx file of unsigned bytes; raises ValueError.

    The format (LeCun): two zero bytes, the type (8: unsigned byte), the number of dimensions, each
    dimension as a big-endian uint32, then the values in C order.
    """
    if data[:3] != b"\x00\x00\x08" or len(data) < 4:
        raise ValueError(_("it is not an idx file"))
    count = data[3]
    shape = np.frombuffer(data, ">u4", count, offset=4)
    values = np.frombuffer(data, np.uint8, offset=4 + 4 * count)
    return values.reshape(tuple(int(side) for side in shape))


def _array(name: str, data: bytes, path: Path) -> NDArray[np.uint8]:
    try:
        if data[:6] == b"\x93NUMPY":
            array: NDArray[np.uint8] = np.load(BytesIO(data), allow_pickle=False)
            return array
        return parse_idx(data)
    except (ValueError, EOFError) as error:
        wrong = _("{path} is not MNIST: {name} cannot be read ({problem}).")
        raise DataError(wrong.format(path=path, name=name, problem=error)) from error


def _field_of(array: NDArray[np.uint8], path: Path) -> str:
    """Return the field of Mnist with the array's shape; raises DataError with the difference."""
    if array.ndim == 3 and array.shape[1:] != (28, 28):
        wrong = _("{path} has images of {size} pixels; MNIST's are 28 × 28.")
        size = f"{array.shape[2]} × {array.shape[1]}"
        raise DataError(wrong.format(path=path, size=size))
    if array.ndim == 1 and array.size and array.max() > 9:
        wrong = _("{path} has labels up to {label}; digits are 0 to 9.")
        raise DataError(wrong.format(path=path, label=array.max()))
    if array.shape not in _SHAPES:
        wrong = _("{path} has an array of shape {shape}, which MNIST does not have.")
        raise DataError(wrong.format(path=path, shape=array.shape))
    return _SHAPES[array.shape]


_GZIPPED = tuple(f"{name}.gz" for name in _IDX_NAMES.values())

MNIST = DataSet(
    name="mnist",
    title="MNIST",
    patterns=("mnist.npz", *(f"{name}*" for name in _IDX_NAMES.values()), "*.idx?-ubyte*"),
    read=read_mnist,
    mirrors=(
        Mirror("https://storage.googleapis.com/tensorflow/tf-keras-datasets/", ("mnist.npz",)),
        Mirror("https://ossci-datasets.s3.amazonaws.com/mnist/", _GZIPPED),
        Mirror("https://storage.googleapis.com/cvdf-datasets/mnist/", _GZIPPED),
    ),
)
