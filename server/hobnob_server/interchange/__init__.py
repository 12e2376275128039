"""Archives in the interchange format: brought into a hub, and written out of one."""
