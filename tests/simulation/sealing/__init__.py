"""Sealed conversations through what hubs, members and machines do to them, seed by seed."""
