"""Engines of the hub: values in, values out; a source beside each reads what it needs."""
