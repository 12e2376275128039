"""SSH keys on this machine: in an agent, or in a file."""
