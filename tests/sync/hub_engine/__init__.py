"""Tests of the hub engine."""
