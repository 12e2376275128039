"""The picture that a start shows before the screen is loaded."""
