"""Real hubs, real sockets, real clients without a screen."""
