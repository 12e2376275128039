"""A newcomer's questions."""
