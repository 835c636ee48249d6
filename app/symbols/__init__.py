"""The user's own symbols: recognised from a drawing or two, without training."""
