"""Ink: strokes, drawings, their rasters and their pictures. No tkinter, no network runtime."""
