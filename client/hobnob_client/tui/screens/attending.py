"""What calls for attention, on the first screen: how loud a place is, threads one follows, keywords
and quiet hours."""

import time
from typing import TYPE_CHECKING, Final

from hobnob_client.attention import kept, until
from hobnob_client.attention.dry_run import Weighed
from hobnob_client.attention.keywords import (
    KEYWORD_TEXT_MAX,
    KEYWORDS_MAX,
    Keyword,
    KeywordError,
    keyword,
)
from hobnob_client.attention.quiet import Quiet, QuietError, parse, words
from hobnob_client.attention.wishes import Level, Spot
from hobnob_client.catalogue import t
from hobnob_client.tui import attention_cards, titles
from hobnob_client.tui.attention_cards import Setting
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attention import AttentionScreen
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Asked, Does, simply, upon
from hobnob_client.tui.screens.line import LineScreen
from hobnob_client.tui.screens.loudness import Loudness, LoudnessScreen
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.voice import Regret
from hobnob_client.tui.widgets.channel_list import ChannelList
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.kinds.personal import Mute
from hobnob_protocol.sealing.attention import KeptLevel

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

NAME_CELLS: Final = 32
HOURS_TEXT_MAX: Final = 200
ZONE_SIGN: Final = "@"
"""Stands before the zone where hours are typed."""


class Attending:
    """The attention of one screen's member."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._above: AttentionScreen | None = None
        self.does: Does = {
            "mute": self.mute,
            "level": self.level,
            "follow": upon(self.follow),
            "attention": simply(self.show),
        }

    # Places.

    async def mute(self, asked: Asked) -> None:
        """Be told no more of the place that is selected in the list, or again."""
        spot = self._spot(asked)
        if spot is None:
            return
        # Not what the list shows: it may be a moment behind.
        wish = self._screen.reader.wishes().of(*spot)
        muted = wish.is_muted(_now_ms())
        await self._set(spot, wish.level if muted else Level.NOTHING)
        name = fit(attention_cards.place(self._screen.reader, *spot), NAME_CELLS)
        if muted:
            self._screen.tell(t("{name} is heard again.", name=name))
        else:
            self._screen.tell(t("{name} is muted; m undoes it.", name=name))

    def level(self, asked: Asked) -> None:
        """Ask how loud the channel, or the thread that is open, shall be."""
        spot = self._spot(asked)
        if spot is None:
            self._screen.tell(t("Select a channel or a message first."))
            return
        self._ask_level(spot)

    def _ask_level(self, spot: Spot) -> None:
        screen = self._screen
        name = fit(attention_cards.place(screen.reader, *spot), NAME_CELLS)
        wish = screen.reader.wishes().of(*spot)

        def done(chosen: Loudness | None) -> None:
            if chosen is not None:
                screen.run_worker(self._choose(spot, chosen, name))

        dialog = LoudnessScreen(name, wish, _now_ms(), screen.zone, self.show)
        ask(app_of(screen), dialog, done)

    async def _choose(self, spot: Spot, chosen: Loudness, name: str) -> None:
        now_ms, zone = _now_ms(), self._screen.zone
        until_ms = until.moment(chosen.while_, now_ms, zone) if chosen.while_ else 0
        await self._set(spot, chosen.level, until_ms)
        wish = self._screen.reader.wishes().of(*spot)
        told = attention_cards.said(wish, spot[1], now_ms, zone) or t("as anywhere else")
        self._screen.tell(t("{place}: {told}; z undoes it.", place=name, told=told))

    async def follow(self, talk: Talk, row: Row) -> None:
        """Hear all of the thread of a message, or no longer."""
        assert talk.place is not None
        root = (talk.place.thread or row.thread) or row.target
        spot = (talk.place.stream, root)
        reader = self._screen.reader
        takes_part = reader.gathered().has_written(*spot)
        wish = reader.wishes().of(*spot)
        follows = wish.level is Level.ALL or (wish.level is None and takes_part)
        if follows and not wish.is_muted(_now_ms()):
            # Who has written there would hear of it without.
            await self._set(spot, Level.MENTIONS if takes_part else None)
            self._screen.tell(t("You follow this thread no more; f undoes it."))
        else:
            await self._set(spot, Level.ALL)
            self._screen.tell(t("You follow this thread: all in it pings; f undoes it."))

    def _spot(self, asked: Asked) -> Spot | None:
        if isinstance(asked.pane, ChannelList):
            item = asked.pane.item
            return None if item is None or item.stream is None else (item.stream, None)
        place = asked.talk.place
        return None if place is None else (place.stream, place.thread)

    async def _set(self, spot: Spot, level: Level | None, until_ms: int = 0) -> None:
        before = self._screen.reader.wishes().of(*spot)
        mute, beside = kept.of_level(before, *spot, level, until_ms)
        await self._keep(mute, beside)
        back = Mute(*spot, before.muted) if mute is not None else None
        was = KeptLevel(*spot, before.level.value if before.level else "", before.until_ms)
        self._screen.voice.regret = Regret(t("what pings"), lambda: self._keep(back, was))

    async def _keep(self, mute: Mute | None, beside: KeptLevel) -> None:
        engine = self._screen.engine
        if mute is not None:
            await engine.private.set_up(mute)
        await engine.private.keep_wish(beside)
        thread = self._screen.thread.place
        if thread is not None and thread.thread is not None:
            found = titles.of_thread(self._screen.reader, thread.stream, thread.thread)
            self._screen.thread.call(found)
        self._weigh_again()

    # Keywords and quiet hours.

    def show(self) -> None:
        """What would have pinged, and what is set."""
        screen = self._screen
        self._above = AttentionScreen(screen.reader, self, _now_ms(), screen.zone)
        app_of(screen).push_screen(self._above)

    def open(self, weighed: Weighed) -> None:
        """Go to a message."""
        self._screen.go_to(weighed.stream, weighed.message.target)

    def change(self, setting: Setting) -> None:
        """Set it otherwise."""
        if isinstance(setting.about, Quiet):
            self._ask_hours(setting.about)
        elif isinstance(setting.about, Keyword):
            turned = Keyword(setting.about.text, not setting.about.pings)
            self._screen.run_worker(self._keep_keyword(turned))
        else:
            self._ask_level(setting.about)

    def remove(self, setting: Setting) -> None:
        """Set it no more."""
        about = setting.about
        if isinstance(about, Quiet):
            self._screen.run_worker(self._keep_quiet(Quiet()))
        elif isinstance(about, Keyword):
            self._screen.run_worker(self._keep_keyword(about, on=False))
        else:
            self._screen.run_worker(self._set(about, None))

    def add_keyword(self) -> None:
        """Ask for one."""
        screen = self._screen
        if len(screen.reader.wishes().keywords) >= KEYWORDS_MAX:
            screen.tell(t("There are {most} keywords: take one away first.", most=KEYWORDS_MAX))
            return

        def done(typed: str | None) -> None:
            if typed is not None:
                screen.run_worker(self._keep_keyword(keyword(typed)))

        dialog = LineScreen(
            t("A keyword"),
            t("A word, several, or /an expression/: it pings wherever you can read it."),
            t("Keyword"),
            text_max=KEYWORD_TEXT_MAX,
            lacking=_lacks_keyword,
        )
        ask(app_of(screen), dialog, done)

    def _ask_hours(self, quiet: Quiet) -> None:
        screen = self._screen

        def done(typed: str | None) -> None:
            if typed is not None:
                screen.run_worker(self._keep_quiet(_hours(typed)))

        dialog = LineScreen(
            t("Quiet hours"),
            t(
                "Nothing pings in them: as mon-fri 22:00-07:00; weekends 23:00-10:00. "
                "@Europe/Berlin behind it names a time zone; nothing at all turns them off."
            ),
            t("Hours"),
            text_max=HOURS_TEXT_MAX,
            needed=False,
            lacking=_lacks_hours,
            value=_typed(quiet),
        )
        ask(app_of(screen), dialog, done)

    async def _keep_keyword(self, wanted: Keyword, *, on: bool = True) -> None:
        await self._screen.engine.private.keep_wish(kept.of_keyword(wanted), on=on)
        self._weigh_again()

    async def _keep_quiet(self, quiet: Quiet) -> None:
        await self._screen.engine.private.keep_wish(kept.of_quiet(quiet))
        self._weigh_again()

    def _weigh_again(self) -> None:
        if self._above is not None and self._above.is_attached:
            self._above.show()
            self._above.weigh_again()


def _now_ms() -> int:
    return round(time.time() * 1_000)


def _lacks_keyword(typed: str) -> str:
    try:
        keyword(typed)
    except KeywordError as wrong:
        return str(wrong)
    return ""


def _lacks_hours(typed: str) -> str:
    try:
        _hours(typed)
    except QuietError as wrong:
        return str(wrong)
    return ""


def _hours(typed: str) -> Quiet:
    hours, _, zone = typed.partition(ZONE_SIGN)
    return parse(hours, zone.strip())


def _typed(quiet: Quiet) -> str:
    return f"{words(quiet)} {ZONE_SIGN}{quiet.zone}" if quiet.zone else words(quiet)
