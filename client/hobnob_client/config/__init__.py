"""The member's settings: one small TOML file that nobody needs to have.

`settings` is the one table of them; `reading` understands a file and the environment, `writing`
changes a file and leaves the rest of it as it is, `describing` makes schema and manual.
"""

from hobnob_client.config.reading import Loaded, Mistake, load, parse, read
from hobnob_client.config.settings import SETTINGS, Setting, Settings

__all__ = ("SETTINGS", "Loaded", "Mistake", "Setting", "Settings", "load", "parse", "read")
