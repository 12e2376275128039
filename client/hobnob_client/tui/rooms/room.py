"""Which rooms there are, and what each says while it is empty."""

from enum import StrEnum

from hobnob_client.catalogue import later


class Room(StrEnum):
    """A list of what is for one."""

    HOME = "home"
    CARE = "care"
    FEED = "feed"
    REQUESTS = "requests"
    BOARDS = "boards"
    MENTIONS = "mentions"
    REPLIES = "replies"
    THREADS = "threads"
    SAVED = "saved"
    DRAFTS = "drafts"
    OUTBOX = "outbox"
    NOT_SENT = "not_sent"


CALLED = {
    Room.HOME: later("Home"),
    Room.CARE: later("Care"),
    Room.FEED: later("Feed"),
    Room.REQUESTS: later("Requests"),
    Room.BOARDS: later("Boards"),
    Room.MENTIONS: later("Mentions"),
    Room.REPLIES: later("Replies"),
    Room.THREADS: later("Recent threads"),
    Room.SAVED: later("Saved"),
    Room.DRAFTS: later("Drafts"),
    Room.OUTBOX: later("Outbox"),
    Room.NOT_SENT: later("Not sent"),
}
"""How each is called."""


LISTED = (
    Room.HOME,
    Room.FEED,
    Room.REQUESTS,
    Room.BOARDS,
    Room.MENTIONS,
    Room.REPLIES,
    Room.THREADS,
    Room.SAVED,
    Room.DRAFTS,
)
"""Those that stand in the tree also while nothing is in them."""

EMPTY = {
    Room.HOME: later(
        "Enter on a channel at the left opens it, and i writes there. / searches all history, "
        "Ctrl+K goes anywhere, @ writes to somebody, ? shows all keys."
    ),
    Room.CARE: later(
        "Nobody waits: newcomers and questions have answers, and no report is open. The Feed, "
        "below, shows what else goes on."
    ),
    Room.FEED: later(
        "Nothing was said in your channels for seven days. Enter on a channel at the left opens "
        "it, and i says something there."
    ),
    Room.REQUESTS: later(
        "Nobody waits for you, and you wait for nobody. M finds who can help you."
    ),
    Room.BOARDS: later(
        "Nobody who takes part has points yet: t on a message thanks its author, a accepts an "
        "answer."
    ),
    Room.MENTIONS: later(
        "Nobody has mentioned you yet. Messages with @ and your handle appear here."
    ),
    Room.REPLIES: later(
        "Nobody has answered you yet. r answers a message; what comes back stands here."
    ),
    Room.THREADS: later("There are no threads yet: r on a message begins one."),
    Room.SAVED: later("Nothing is saved: s on a message keeps it here, on all your devices."),
    Room.DRAFTS: later("Nothing is begun: what you write and do not send stands here."),
}
"""What an empty one says to do."""

ABOUT = {
    Room.CARE: later(
        "Who waits for somebody, the longest first: Enter goes there, r answers, m is seen to."
    ),
    Room.FEED: later(
        "Ranked on this device, and nobody is told what you read; w shows all reasons, - hides one."
    ),
    Room.BOARDS: later("Who has helped whom; Enter unfolds what points came of."),
    Room.MENTIONS: later("Who mentions you; ● is new."),
    Room.REPLIES: later("What was said in threads that you began or wrote in; ● is new."),
    Room.THREADS: later("Where something was said last; ● is new."),
    Room.SAVED: later("What you keep, on all your devices; s takes it off."),
    Room.DRAFTS: later("What you have begun; Enter goes on with it."),
}
"""What one that holds something says above it."""
