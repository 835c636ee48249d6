"""The window: the only code that imports tkinter. Widgets render state and report gestures."""
