"""SSH keys on this machine."""
