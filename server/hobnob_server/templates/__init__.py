"""What a new hub may begin with."""
