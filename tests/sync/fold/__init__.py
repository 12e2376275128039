"""Tests of the fold, one merge at a time."""
