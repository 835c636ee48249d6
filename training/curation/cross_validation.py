"""Finds wrong labels: a small network reads every drawing that it was not trained on.

Writers are dealt into FOLDS folds, and so are the kinds of symbols. For each fold a network is
trained on the others, with eleven classes: the digits, and everything else. The first round finds
kinds of symbols of whose drawings at least SYMBOL_SHARE are taken for digits: they look like one.
The second goes without them, or it would take slashed zeros for symbols. It finds

- digits that it gives a probability of at most DIGIT_AT_MOST, unless it reads less than half of the
  writer's other drawings of that digit: the label is wrong, or the drawing is cut off or of
  something else. Whoever bars every zero has no wrong labels, only another hand;
- letters, signs and symbols that it takes for some digit with at least OTHER_AT_LEAST: the label
  is wrong, or the drawing cannot be told from a digit.

`python -m training clean` writes them to left_out.json. The numbers were chosen by looking at the
drawings near them.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from numpy.typing import NDArray

from training.augmentation.images import warp
from training.augmentation.polylines import Polyline, polylines_of, rasterize_polylines
from training.curation import selection
from training.curation.left_out import PATH, drawing_id, write_rows
from training.curation.look_alikes import is_barred_zero
from training.curation.people import people
from training.data.library import Library
from training.data.mnist import MNIST
from training.data.pendigits import PENDIGITS
from training.data.symbols import SYMBOLS
from training.data.unipen import UNIPEN

FOLDS = 5
DIGIT_AT_MOST = 0.01
OTHER_AT_LEAST = 0.9
SYMBOL_SHARE = 0.25
_READ = 0.5
"""From this probability of its label on a digit counts as read."""
NOTHING = 10
"""The class of what is no digit."""
_MNIST = 6_000
_EPOCHS = 3
_BATCH = 256

Images = NDArray[np.uint8]
Probabilities = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing to be read: its set, label, the writer or kind it is dealt by, and its lines."""

    part: str
    label: str
    group: str
    lines: tuple[Polyline, ...]

    @property
    def wanted(self) -> int:
        """The class of its label."""
        return int(self.label) if self.part == "digits" else NOTHING


def clean(library: Library, say: Callable[[str], None], path: Path = PATH) -> None:
    """Write the list of what is left out to `path`; four minutes on two cores."""
    drawings = candidates(library)
    kinds = symbols_like_digits(drawings, cross_validated(drawings, library, say))
    say(f"{len(kinds)} kinds of symbols look like a digit")
    drawings = [drawing for drawing in drawings if drawing.label not in kinds]
    write_list(drawings, cross_validated(drawings, library, say), kinds, path)


def candidates(library: Library) -> list[Drawing]:
    """Return UNIPEN's digits, its letters and signs that are no look-alikes, and all symbols."""
    unipen = people(library.load(UNIPEN))
    digits = [one for one in unipen if one.label.isdigit()]
    written = [("digits", one) for one in digits]
    written += [("others", one) for one in selection.clear_by_writer(unipen)]
    symbols = [s for s in selection.by_kind(library.load(SYMBOLS)) if not is_barred_zero(s.name)]
    return [
        *(Drawing(part, w.label, f"{w.site}{w.writer}", w.lines) for part, w in written),
        *(Drawing("symbols", symbol.name, symbol.name, symbol.lines) for symbol in symbols),
    ]


def cross_validated(
    drawings: Sequence[Drawing], library: Library, say: Callable[[str], None]
) -> Probabilities:
    """Return the probabilities (n, 11) of the drawings, by networks that never saw their group."""
    images = np.stack([_image(drawing.lines) for drawing in drawings])
    groups = sorted({(drawing.part == "symbols", drawing.group) for drawing in drawings})
    fold_of = {group: number % FOLDS for number, (_kind, group) in enumerate(groups)}
    folds = np.array([fold_of[drawing.group] for drawing in drawings])
    labels = np.array([drawing.wanted for drawing in drawings])
    more_images, more_labels = _certain(library)
    result = np.zeros((len(drawings), NOTHING + 1), np.float32)
    for fold in range(FOLDS):
        others = folds != fold
        network = _trained(
            np.concatenate([images[others], more_images]),
            np.concatenate([labels[others], more_labels]),
            seed=fold + 1,
        )
        mine = np.flatnonzero(~others)
        for part in np.array_split(mine, max(len(mine) // 1000, 1)):
            rasters = images[part].astype(np.float32) / 255.0
            result[part] = keras.ops.softmax(network(rasters[..., None], training=False))
        right = (result[mine].argmax(axis=1) == labels[mine]).mean()
        say(f"fold {fold + 1} of {FOLDS}: {right:.2%} as labelled")
    return result


def symbols_like_digits(
    drawings: Sequence[Drawing], probabilities: Probabilities
) -> dict[str, tuple[int, int]]:
    """Return the kinds of symbols that are taken for digits: per cent, and how many were read."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for drawing, given in zip(drawings, probabilities, strict=True):
        if drawing.part == "symbols":
            kinds[drawing.label].append(bool(given.argmax() != NOTHING))
    return {
        name: (round(100 * float(np.mean(taken))), len(taken))
        for name, taken in sorted(kinds.items())
        if np.mean(taken) >= SYMBOL_SHARE
    }


def write_list(
    drawings: Sequence[Drawing],
    probabilities: Probabilities,
    kinds: dict[str, tuple[int, int]],
    path: Path,
) -> None:
    """Write what the rules leave out: rows of id, label, class read, probability in per cent."""
    rows: dict[str, list[list[object]]] = {"digits": [], "others": []}
    own = defaultdict(list)
    for drawing, given in zip(drawings, probabilities, strict=True):
        own[drawing.group, drawing.label].append(given[drawing.wanted])
    for drawing, given in zip(drawings, probabilities, strict=True):
        read = int(given.argmax())
        is_digit = drawing.part == "digits"
        if is_digit:
            usual = np.median(own[drawing.group, drawing.label])
            contradicted = given[drawing.wanted] <= DIGIT_AT_MOST and usual >= _READ
        else:
            contradicted = given[:NOTHING].max() >= OTHER_AT_LEAST
        if contradicted:
            answer = "-" if read == NOTHING else str(read)
            key = drawing_id(drawing.label, drawing.lines)
            row = [key, drawing.label, answer, round(100 * float(given[read]))]
            rows["digits" if is_digit else "others"].append(row)
    rows["symbols"] = [[name, *numbers] for name, numbers in kinds.items()]
    write_rows(path, rows)


def _certain(library: Library) -> tuple[Images, NDArray[np.int64]]:
    """Return digits whose labels are believed: the pen set, and the first of MNIST."""
    pen, mnist = library.load(PENDIGITS), library.load(MNIST)
    drawn = np.stack([_image(tuple(polylines_of(digit.strokes))) for digit in pen])
    labels = np.array([digit.label for digit in pen])
    images = np.concatenate([drawn, mnist.x_train[:_MNIST]])
    return images, np.concatenate([labels, mnist.y_train[:_MNIST]]).astype(np.int64)


def _image(lines: tuple[Polyline, ...]) -> Images:
    return np.rint(rasterize_polylines(list(lines)) * 255).astype(np.uint8)


def _trained(images: Images, labels: NDArray[np.int64], seed: int) -> keras.Model:
    """Return a small network trained on rasters: stride 2 at once, twenty seconds on two cores."""
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([keras.Input((28, 28, 1)), *_layers()])
    steps = len(images) // _BATCH * _EPOCHS
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, steps, warmup_target=4e-3, warmup_steps=steps // 10
    )
    network.compile(
        keras.optimizers.Adam(rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    )

    def prepare(
        batch: tf.Tensor, wanted: tf.Tensor, step: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        rasters = tf.cast(batch, tf.float32) / 255.0
        return warp(rasters, tf.stack([seed, tf.cast(step, tf.int32)]))[..., None], wanted

    rng = np.random.default_rng(seed)

    def generate():  # type: ignore[no-untyped-def]
        for epoch in range(_EPOCHS):
            order = rng.permutation(len(images))
            for step in range(len(images) // _BATCH):
                chosen = order[step * _BATCH : (step + 1) * _BATCH]
                yield images[chosen], labels[chosen], epoch * len(images) + step

    signature = (
        tf.TensorSpec([None, 28, 28], tf.uint8),
        tf.TensorSpec([None], tf.int64),
        tf.TensorSpec([], tf.int64),
    )
    batches = tf.data.Dataset.from_generator(generate, output_signature=signature)
    network.fit(batches.map(prepare).prefetch(2), steps_per_epoch=steps, shuffle=False, verbose=0)
    return network


def _layers() -> list[keras.layers.Layer]:
    def convolution(filters: int, size: int, strides: int) -> list[keras.layers.Layer]:
        options = {"padding": "same", "use_bias": False}
        return [
            layers.Conv2D(filters, size, strides=strides, **options),
            layers.BatchNormalization(momentum=0.9),
            layers.ReLU(),
        ]

    return [
        *convolution(24, 4, 2),
        *convolution(48, 3, 2),
        *convolution(48, 3, 1),
        layers.Flatten(),
        layers.Dropout(0.2),
        layers.Dense(96, activation="relu"),
        layers.Dense(NOTHING + 1),
    ]
