"""Why a key can do nothing to the selected message, in words."""

from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.key_names import key_name
from hobnob_client.tui.rebinding import IN_FORCE
from hobnob_client.tui.timeline.row import Row

_WORDS: Final = {
    Needs.TALK: later("Select a channel you have joined first."),
    Needs.LEADS: later("The thread begins here: Esc goes back to the channel."),
    Needs.OWN: later("That message is not your own."),
    Needs.OTHERS: later("That message is your own."),
    Needs.IN_CHANNEL: later("No moderator sees what is sealed; ! reports it, B blocks its author."),
    Needs.REFUSED: later("That message was not refused."),
    Needs.POLL: later("That is not an open poll."),
    Needs.SPOILER: later("That message hides nothing."),
    Needs.CODE: later("There is no block of code in that message."),
    Needs.TEXT: later("That message has no text."),
    Needs.EDITED: later("That message was never changed."),
    Needs.ASKED_OF_ME: later("That is for a request to you that is not answered yet."),
    Needs.UNANSWERED: later("That is for a request of yours that is not answered yet."),
    Needs.UNASKED: later("That is for a request that the hub has not heard of."),
    Needs.OVERDUE: later("That is for a request that nobody has answered, with a next person."),
    Needs.ACCEPTED: later("That is for a request that was accepted, before you two have met."),
    Needs.AGREED: later("That is for a request of yours that was accepted."),
    Needs.FEED: later("That is for the Feed, below Home."),
    Needs.BOARDS: later("That is for the Boards, below Home."),
    Needs.RANKED: later("That is for the Feed and the Boards, below Home."),
    Needs.SAID: later("That is for a message."),
    Needs.PERSON: later("That is for an entry of somebody."),
    Needs.ANSWERABLE: later("There is nothing here to reply to."),
    Needs.PASSABLE: later("There is nothing new in it."),
}
_OF_NO_MESSAGE: Final = frozenset(
    {
        Needs.TALK,
        *(Needs.ASKED_OF_ME, Needs.UNANSWERED, Needs.UNASKED),
        *(Needs.OVERDUE, Needs.ACCEPTED, Needs.AGREED, Needs.FEED, Needs.BOARDS, Needs.RANKED),
        *(Needs.SAID, Needs.PERSON, Needs.ANSWERABLE, Needs.PASSABLE),
    }
)


def words(needs: Needs, row: Row | None) -> str:
    """What a key would have needed."""
    if needs in _OF_NO_MESSAGE:
        return t(_WORDS[needs])
    if row is None:
        return t("Select a message first: ↑.")
    own = needs is Needs.IN_CHANNEL and row.mine
    return t(_WORDS[Needs.OTHERS if own else needs])


def told(needs: Needs, row: Row | None) -> str:
    """The same for somebody who has pressed the key. Who has selected nothing may have begun to
    write among the messages, or wants to leave as elsewhere by q: those keys are told, too."""
    said = words(needs, row)
    if row is not None or needs in _OF_NO_MESSAGE:
        return said
    write, leave = (
        key_name(IN_FORCE.named(pane, id)[0])
        for pane, id in ((Pane.TIMELINE, "write"), (Pane.EVERYWHERE, "quit"))
    )
    more = t("{write} writes, {leave} leaves hobnob.", write=write, leave=leave)
    return f"{said} {more}"
