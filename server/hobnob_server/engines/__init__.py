"""Engines of the hub: values in, values out. What reads a log for them, and what shows what they
reckon, stands outside."""
