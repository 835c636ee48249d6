"""Recognition: a model becomes predictions. No tkinter, no keras."""
