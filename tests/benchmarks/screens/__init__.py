"""What a person feels: chat programs in a pseudo-terminal, timed from outside."""
