"""The three outputs that the program needs of a network, and adding them to a plain classifier.

"logits" (n, 10), or as many as there are labels; "embedding" (n, k), of length 1, the layer before
the logits or one beside them; "digit" (n, 1), the logit of "this is a digit at all", or one of the
other labels. A network may have a fourth one for training alone, "kinds" (n, m): the logits of
kinds of symbols.
"""

import keras
import tensorflow as tf
from keras import layers, ops

from app.errors import ModelError
from app.i18n import _

LOGITS, EMBEDDING, DIGIT = "logits", "embedding", "digit"
OUTPUTS = (LOGITS, EMBEDDING, DIGIT)
KINDS = "kinds"
_ACTIVATIONS = (keras.activations.softmax, keras.activations.linear)


@keras.saving.register_keras_serializable("inkling")
class DigitAccuracy(keras.metrics.Mean):  # type: ignore[misc]
    """Accuracy of the logits on digits; drawings that are no digit do not count."""

    def update_state(
        self,
        y_true: tf.Tensor,
        y_pred: tf.Tensor,
        sample_weight: tf.Tensor | None = None,  # noqa: ARG002 - Keras' own signature
    ) -> None:
        """Count a batch: targets (b, n), uniform for what has no label, and logits (b, n)."""
        right = tf.argmax(y_true, axis=-1) == tf.argmax(y_pred, axis=-1)
        is_digit = tf.reduce_max(y_true, axis=-1) > 0.5
        super().update_state(tf.cast(right, tf.float32), tf.cast(is_digit, tf.float32))


@keras.saving.register_keras_serializable("inkling")
class KindCrossentropy(keras.losses.Loss):  # type: ignore[misc]
    """Cross-entropy of the kinds in the data set that a drawing is of.

    Targets (b, m): 1 for its kind, 0 for the others of its data set, -1 for those of other sets,
    which may be the same symbol.
    """

    def call(self, y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
        """Return the loss of each drawing, (b,)."""
        logits = tf.where(y_true < 0, -1e9, y_pred)
        return tf.nn.softmax_cross_entropy_with_logits(tf.nn.relu(y_true), logits)


def has_heads(network: keras.Model) -> bool:
    """Return whether the network itself has the three outputs."""
    return set(OUTPUTS) <= set(getattr(network, "output_names", None) or ())


def with_heads(network: keras.Model, labels: int = 10) -> keras.Model:
    """Return the network with the three outputs as a dictionary, copying its last layer.

    The digit logit of a plain classifier, which never saw a drawing that is no digit, is the logit
    of its highest probability (Hendrycks & Gimpel 2017). Raises ModelError for a network that does
    not take 28 × 28 images or does not give ten values.
    """
    if has_heads(network):
        outputs = {name: network.output[name] for name in OUTPUTS}
        sizes = outputs[LOGITS].shape[-1], outputs[DIGIT].shape[-1]
        if network.input_shape != (None, 28, 28, 1) or sizes != (labels, 1):
            raise ModelError(_("The network's inputs or outputs have the wrong size."))
        has_more = len(network.output) > len(OUTPUTS)
        return keras.Model(network.input, outputs, name=network.name) if has_more else network
    last = _last_dense(network)
    image = keras.Input((28, 28, 1), name="raster")
    features = keras.Model(network.inputs, last.input, name="features")(_reshaped(image, network))
    logits = _linear(last)(features)
    outputs = {
        LOGITS: logits,
        EMBEDDING: layers.UnitNormalization(name=EMBEDDING)(features),
        DIGIT: _highest_probability_logit(logits),
    }
    return keras.Model(image, outputs, name=network.name)


def _last_dense(network: keras.Model) -> keras.layers.Dense:
    """Return the layer that gives the logits, ignoring a softmax layer after it."""
    *before, last = network.layers or [None]
    if isinstance(last, (layers.Softmax, layers.Activation)) and before:
        is_softmax = isinstance(last, layers.Softmax) or last.activation in _ACTIVATIONS
        last = before[-1] if is_softmax else None
    if not isinstance(last, layers.Dense) or last.units != 10:
        wrong = _("The network must end in ten probabilities or logits, one for each digit.")
        raise ModelError(wrong)
    if last.activation not in _ACTIVATIONS:
        raise ModelError(_("The network's last layer must have a softmax or no activation."))
    return last


def _linear(last: keras.layers.Dense) -> keras.layers.Dense:
    """Return a copy of the last layer without its activation."""
    linear = layers.Dense(10, use_bias=last.use_bias, name=LOGITS)
    linear.build(last.input.shape)
    linear.set_weights(last.get_weights())
    return linear


def _reshaped(image: keras.KerasTensor, network: keras.Model) -> keras.KerasTensor:
    """Return the image in the network's input shape: 28 × 28 with or without channel, or flat."""
    shape = tuple(network.input_shape[1:])
    if shape == (28, 28, 1):
        return image
    if shape in ((28, 28), (784,)):
        return layers.Reshape(shape, name="reshape")(image)
    wrong = _("The network takes inputs of shape {shape}; it must take 28 × 28 images.")
    raise ModelError(wrong.format(shape=" × ".join(map(str, shape))))


def _highest_probability_logit(logits: keras.KerasTensor) -> keras.KerasTensor:
    """Return log p / (1 - p) of the highest probability p, (n, 1), without computing p."""
    highest = ops.max(logits, axis=-1, keepdims=True)
    # A comparison, because LiteRT lacks operations that Keras' argmax uses.
    is_highest = ops.cast(ops.equal(logits, highest), "float32")
    others = ops.logsumexp(logits - 1e4 * is_highest, axis=-1, keepdims=True)
    return highest - others
