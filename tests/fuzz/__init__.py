"""Hostile bytes: nothing but `ProtocolError` may come of them, in bounded memory."""
