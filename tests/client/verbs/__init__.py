"""Tests of the shell verbs."""
