"""The screen in a real pseudo-terminal: what Pilot cannot show."""
