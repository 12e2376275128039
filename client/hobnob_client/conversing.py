"""How a conversation begins: with an event that names the two, before anything is said in it."""

from hobnob_client.reading import ConversationLine, Place, Reader
from hobnob_protocol.kinds.conversations import Conversation


def first_event(reader: Reader, line: Place) -> Conversation | None:
    """What must be said before anything else; None where it was said, or is not needed."""
    if not isinstance(line, ConversationLine) or line.begun:
        return None
    return Conversation(tuple(sorted((reader.me, *line.others))))
