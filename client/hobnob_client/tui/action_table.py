"""All that can be done on the screen, of all tables; see `actions` for what is made of it."""

from typing import Final

from hobnob_client.tui.action import Action
from hobnob_client.tui.action_tables.dialogs import DIALOGS
from hobnob_client.tui.action_tables.places import PLACES
from hobnob_client.tui.action_tables.rooms import ROOMS
from hobnob_client.tui.action_tables.views import VIEWS
from hobnob_client.tui.action_tables.writing import WRITING

ACTIONS: Final[tuple[Action, ...]] = (*PLACES, *ROOMS, *WRITING, *DIALOGS, *VIEWS)
"""Every action; one may have several panes, and one id only once in each."""
