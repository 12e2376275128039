"""What an action of the screen is: where it is at home, by which keys, and upon what it acts."""

from enum import StrEnum

from hobnob_protocol.value import value


class Pane(StrEnum):
    """Where an action is at home."""

    EVERYWHERE = "everywhere"
    CHANNELS = "channels"
    TIMELINE = "timeline"
    ROOM = "room"
    WALK = "walk"
    TERMS = "terms"
    OUTLINE = "outline"
    PROFILE = "profile"
    BADGES = "badges"
    COMPOSER = "composer"
    SEARCH = "search"
    DAY = "day"
    OUTBOX = "outbox"
    POLL = "poll"
    LINKS = "links"
    VERSIONS = "versions"
    ASKING = "asking"
    REACTING = "reacting"
    LONG = "long"
    PICKING = "picking"
    MEMBERS = "members"
    MATCHING = "matching"
    PEOPLE = "people"
    FILLING = "filling"
    COMPARING = "comparing"
    STOPPED = "stopped"
    DEVICES = "devices"
    CONFIRMING = "confirming"
    PALETTE = "palette"
    JUMPING = "jumping"
    BARE = "bare"
    LOUDNESS = "loudness"
    ATTENTION = "attention"
    SETTINGS = "settings"
    WELCOME = "welcome"
    QUESTIONS = "questions"


class Needs(StrEnum):
    """What must be selected for an action to be offered."""

    NOTHING = ""
    MESSAGE = "message"
    TALK = "a channel one is in, or a conversation"
    LEADS = "a message from which one gets to another"
    OTHERS = "a message of somebody else"
    IN_CHANNEL = "a message of somebody else in a channel"
    OWN = "a message of one's own"
    REFUSED = "a message that was not sent"
    POLL = "a poll that takes votes"
    SPOILER = "a message that hides something"
    CODE = "a message with a block of code"
    TEXT = "a message with a text"
    EDITED = "a message that was changed"
    ASKED_OF_ME = "a request that waits for an answer of yours"
    UNANSWERED = "a request of yours that was not answered"
    UNASKED = "a request that the hub has not heard of"
    OVERDUE = "a request that nobody has answered in time"
    ACCEPTED = "a request that was accepted"
    AGREED = "a request of yours that was accepted"
    FEED = "the Feed"
    BOARDS = "the Boards"
    RANKED = "the Feed or the Boards"
    SAID = "an entry that is a message"
    PERSON = "an entry of somebody"
    ANSWERABLE = "an entry to reply to"
    PASSABLE = "an entry to be done with"


@value
class Action:
    """One thing to do: `keys` as Textual names them, the first is shown; `label` is the footer's
    word, "" where the footer leaves it out; `help` is a sentence of the manual; `needs` says upon
    what it acts. While something is selected the label of one that `yields` is left out."""

    id: str
    pane: Pane
    keys: tuple[str, ...]
    label: str
    help: str
    needs: Needs = Needs.NOTHING
    yields: bool = False
