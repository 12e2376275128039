"""SSH keys and what they sign."""
