"""What is sent is doubted once where it hardly says what was meant: whom one addresses must be
somebody, and be there, and who types `:q` means to leave."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from hobnob_client import term_safe, typed
from hobnob_client.catalogue import later, t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.composing import commands
from hobnob_client.tui.key_names import key_name
from hobnob_client.tui.listing import place_name
from hobnob_client.tui.naming import imported_as, not_here
from hobnob_client.tui.rebinding import IN_FORCE
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.limits import MENTIONS_MAX
from hobnob_sync.opened import is_conversation

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

_AGAIN: Final = later("Enter again posts it as it is.")


class Doubting:
    """What was doubted on one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._doubted: tuple[Place | None, str] = (None, "")
        """What one was warned of: the same is said when it is sent again."""

    def is_doubted(self, talk: Talk, text: str) -> bool:
        """Is it doubted, for the first time? Why is told."""
        why = self._doubt(talk, text)
        if not why or self._doubted == (talk.place, text):
            return False
        self._doubted = (talk.place, text)
        talk.tell(f"{why} {t(_AGAIN)}")
        return True

    def _doubt(self, talk: Talk, text: str) -> str:
        if text.strip() in commands.LEAVING:
            return t(
                "{key} leaves hobnob.", key=key_name(IN_FORCE.named(Pane.EVERYWHERE, "quit")[0])
            )
        reader, place = self._screen.reader, talk.place
        before = typed.named(talk.editing.text) if talk.editing is not None else ()
        handles = [each for each in typed.named(text) if each not in before]
        if place is None or not handles:
            return ""
        accounts = {handle: reader.account(handle) for handle in handles}
        unknown = [handle for handle, account in accounts.items() if account is None]
        if unknown:
            there = imported_as(reader, place.stream, unknown[0])
            if there:
                return not_here(there)
            everybody = [reader.handle(account) for account, _ in reader.everybody()]
            near = get_close_matches(unknown[0], everybody, 1)
            lacks = t("Nobody here is called @{name}.", name=unknown[0])
            if near:
                return f"{lacks} {t('Do you mean @{name}?', name=term_safe.line(near[0]))}"
            return lacks
        if len(handles) > MENTIONS_MAX:
            return t("Only the first {amount} you name are told of it.", amount=MENTIONS_MAX)
        if is_conversation(place.stream):
            here = {*self._screen.talks.others(place.stream), reader.me}
        else:
            here = {each.account for each in reader.members(place.stream).joined}
        away = [handle for handle, account in accounts.items() if account not in here]
        if away:
            where = place_name(reader, place.stream)
            return t("@{name} is not in {place} and does not see it.", name=away[0], place=where)
        return ""
