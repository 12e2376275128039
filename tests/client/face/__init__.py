"""Tests of the face, `hobnob`."""
