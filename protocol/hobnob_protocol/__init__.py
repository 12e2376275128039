"""hobnob's wire protocol: what may be said. Pure: bytes and values in, bytes and values out."""

__version__ = "0.1.0"
