"""The hub's side of the protocol, without a socket or a disk."""
