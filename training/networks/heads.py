"""Owns the three outputs that the program wants of any network, and giving them to one without.

"logits" (n, 10); "embedding" (n, k), the layer before the logits at length 1; "digit" (n, 1), the
logit of "this is a digit at all".
"""

import keras
from keras import layers, ops

from app.errors import ModelError
from app.i18n import _

LOGITS, EMBEDDING, DIGIT = "logits", "embedding", "digit"
OUTPUTS = (LOGITS, EMBEDDING, DIGIT)
_ACTIVATIONS = (keras.activations.softmax, keras.activations.linear)


def has_heads(network: keras.Model) -> bool:
    """Return whether the network has the three outputs itself."""
    return set(OUTPUTS) <= set(getattr(network, "output_names", None) or ())


def with_heads(network: keras.Model) -> keras.Model:
    """Return the network with the three outputs as a dictionary, copying its last layer.

    A plain classifier's probabilities are taken back to logits. It has never seen what is no digit:
    its digit score is its highest probability (Hendrycks & Gimpel 2017). Raises ModelError for a
    network that does not take 28 × 28 images and give ten values.
    """
    if has_heads(network):
        sizes = {name: network.output[name].shape[-1] for name in OUTPUTS}
        if network.input_shape != (None, 28, 28, 1) or (sizes[LOGITS], sizes[DIGIT]) != (10, 1):
            raise ModelError(_("The network has outputs or inputs of another size."))
        return network
    last = _last_dense(network)
    image = keras.Input((28, 28, 1), name="raster")
    before = keras.Model(network.inputs, last.input)(_as_taken(image, network))
    logits = _linear(last)(before)
    outputs = {
        LOGITS: logits,
        EMBEDDING: layers.UnitNormalization(name=EMBEDDING)(before),
        DIGIT: _highest_probability_logit(logits),
    }
    return keras.Model(image, outputs, name=network.name)


def _last_dense(network: keras.Model) -> keras.layers.Dense:
    """Return the layer that gives the logits, an activation behind it left out."""
    *before, last = network.layers or [None]
    if isinstance(last, (layers.Softmax, layers.Activation)) and before:
        follows_softmax = isinstance(last, layers.Softmax) or last.activation in _ACTIVATIONS
        last = before[-1] if follows_softmax else None
    if not isinstance(last, layers.Dense) or last.units != 10:
        raise ModelError(
            _("The network must end in ten probabilities or logits, one for each digit.")
        )
    if last.activation not in _ACTIVATIONS:
        raise ModelError(_("The network's last layer must have a softmax or no activation."))
    return last


def _linear(last: keras.layers.Dense) -> keras.layers.Dense:
    """Return the last layer without its activation."""
    linear = layers.Dense(10, use_bias=last.use_bias, name=LOGITS)
    linear.build(last.input.shape)
    linear.set_weights(last.get_weights())
    return linear


def _as_taken(image: keras.KerasTensor, network: keras.Model) -> keras.KerasTensor:
    """Return the image in the shape that the network takes: 28 × 28 with or without channel."""
    shape = tuple(network.input_shape[1:])
    if shape == (28, 28, 1):
        return image
    if shape in ((28, 28), (784,)):
        return layers.Reshape(shape)(image)
    raise ModelError(
        _("The network takes inputs of shape {shape}; it must take 28 × 28 images.").format(
            shape=" × ".join(map(str, shape))
        )
    )


def _highest_probability_logit(logits: keras.KerasTensor) -> keras.KerasTensor:
    """Return log p / (1 - p) of the highest probability p, (n, 1), and never forms p."""
    highest = ops.max(logits, axis=-1, keepdims=True)
    # Compared, not argmax: Keras' argmax has operations that LiteRT lacks.
    is_highest = ops.cast(ops.equal(logits, highest), "float32")
    others = ops.logsumexp(logits - 1e4 * is_highest, axis=-1, keepdims=True)
    return highest - others
