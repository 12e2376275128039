"""Rooms: what is for one, gathered from everywhere, as lists that lead to where it was said."""
