"""Engines held against baselines, on archives of real communities."""
