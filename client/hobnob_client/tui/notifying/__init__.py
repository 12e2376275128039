"""How one is told of something while one looks elsewhere: what is said, by which way, how often."""
