"""Recognition: from a raster to a Prediction, with the shipped model or one of the user's own."""
