"""Training inputs: variations of real strokes, negatives, warped rasters, and batches of them."""
