"""Reads whole numbers: over-segmentation, candidate recognition, best path through the lattice.

The ink is cut into segments (`segments`, `stroke_cuts`, `picture_cuts`). Neighbouring segments form
candidate digits (`candidates`), segments alone may be punctuation (`punctuation`). Each is an edge
of the segmentation lattice (`segmentation`), scored by a log-linear model (`features`, `weights`);
the best paths (`best_path`) give the readings and their probabilities (`reader`, `number`).
"""
