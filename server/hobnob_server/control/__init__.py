"""Verbs on a running hub, through a socket in its directory that its user alone can open."""
