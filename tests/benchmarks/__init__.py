"""Tests of the benchmarks that must be able to fail."""
