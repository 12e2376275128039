"""A client in another language, written from protocol/README.md alone."""
