"""The parts of the screen, each by itself."""
