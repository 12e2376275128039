"""Recognition of a running hub."""
