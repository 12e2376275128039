"""How one is told of something while one looks elsewhere."""
