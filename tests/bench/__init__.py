"""Benchmarks: each prints a table with a ratio against a limit or against a peer measured in the same run."""
