"""SSH keys and their signatures, as far as an account can be recovered by them; pure."""
