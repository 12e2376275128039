"""Engines of the hub."""
