"""What a replica shows, out of SQLite alone: values for screens, bots and verbs.

`Reader` is the way in; the other files hold one noun each and are given its `Desk`.
"""

from typing import TypeAlias

from hobnob_client.reading.channels import ChannelLine
from hobnob_client.reading.conversations import ConversationLine
from hobnob_client.reading.reader import Reader
from hobnob_client.reading.threads import Thread
from hobnob_client.reading.timeline import Page

__all__ = ["ChannelLine", "ConversationLine", "Page", "Place", "Reader", "Thread"]

Place: TypeAlias = ChannelLine | ConversationLine
"""Where one talks."""
