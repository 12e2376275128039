"""The demo world: a small community, written by hand, that the demo and the documentation show."""
