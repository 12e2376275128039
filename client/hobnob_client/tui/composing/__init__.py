"""Writing, as far as it needs no screen: what may be typed next, what a line that begins with a
slash asks for, what was cut out, what was said before, and what fits into a message."""
