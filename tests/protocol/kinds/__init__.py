"""Promises of each kind: its bytes, its bounds and its cells."""
