"""Promises of the face: what a person or a bot author imports and runs."""
