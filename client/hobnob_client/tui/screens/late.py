"""What of the first screen's deeds is loaded when one of its keys is first pressed: no screen waits
at its start for what a person may never open."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from hobnob_client.paths import Profile
from hobnob_client.tui.screens.doing import Asked, Does, Doing, Noun

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


class Late:
    """A noun that does `actions`, and no others, once it is loaded."""

    def __init__(self, actions: tuple[str, ...], load: Callable[[], Noun]) -> None:
        self._load = load
        self._noun: Noun | None = None
        self.does: Does = {action: partial(self._do, action) for action in actions}

    @property
    def noun(self) -> Noun:
        """Itself, loaded by now."""
        if self._noun is None:
            self._noun = self._load()
        return self._noun

    def _do(self, action: str, asked: Asked) -> Doing | None:
        return self.noun.does[action](asked)


def late_nouns(screen: "MainScreen", profile: Profile) -> tuple[Late, ...]:
    """One's devices, polls, a closer look, what calls for attention, how all of it looks."""

    def own() -> Noun:
        from hobnob_client.tui.screens.own import Own

        return Own(screen, profile)

    def polls() -> Noun:
        from hobnob_client.tui.screens.polls import Polls

        return Polls(screen)

    def looking() -> Noun:
        from hobnob_client.tui.screens.looking import Looking

        return Looking(screen)

    def attending() -> Noun:
        from hobnob_client.tui.screens.attending import Attending

        return Attending(screen)

    def looks() -> Noun:
        from hobnob_client.tui.screens.looks import Looks

        return Looks(screen)

    return (
        Late(("devices", "veto"), own),
        Late(("poll", "vote", "close_poll"), polls),
        Late(("links", "code", "whole", "link", "versions"), looking),
        Late(("mute", "level", "follow", "attention"), attending),
        Late(("next_theme", "settings"), looks),
    )
