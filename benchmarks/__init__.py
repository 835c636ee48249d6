"""Benchmarks of the figures in README.md and docs/benchmarks.md: measured, never asserted."""
