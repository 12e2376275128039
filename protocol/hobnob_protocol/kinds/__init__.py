"""The kinds of events: one file a noun, each exposing `KINDS`; a new file is a new kind."""
