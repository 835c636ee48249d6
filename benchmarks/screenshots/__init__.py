"""Pictures of every window: `python -m benchmarks.screenshots FOLDER`."""
