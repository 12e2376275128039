"""Linear mode: one line an event, nothing drawn twice, no cursor moved (`hobnob read --plain`)."""
