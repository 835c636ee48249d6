"""Benchmarks of what the README promises: measured by one command, asserted nowhere."""
