"""Linear mode: lines in, lines out."""
