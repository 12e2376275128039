"""Verbs that need no running hub: run, init, backup, restore, check."""
