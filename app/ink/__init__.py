"""Ink: strokes, drawings, and what the network sees of them. No tkinter, no network runtime."""
