"""Archives: what comes in, what goes out, and that both are the same."""
