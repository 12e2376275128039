"""What one does with the text of a message besides reading it: follow its links, take its code, see
it whole or as it was, hand on a link to it."""

import os
from typing import TYPE_CHECKING, Final

from hobnob_client import term_safe
from hobnob_client.catalogue import clock, t
from hobnob_client.permalink import Permalink, parse
from hobnob_client.tui import opening
from hobnob_client.tui.prose.blocks import Link
from hobnob_client.tui.prose.reading import read
from hobnob_client.tui.running import program, ran
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.doing import Does, upon
from hobnob_client.tui.screens.links import Chosen, LinksScreen
from hobnob_client.tui.screens.versions import Text, VersionsScreen
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.times import day_name, local
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import StreamId
from hobnob_sync.views.message import Version

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

VERSIONS_MAX: Final = 50
"""The newest texts of a message that are shown; somebody may have changed it all day."""
_PAGER: Final = "less"


class Looking:
    """The deeds of one screen upon texts."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._copied = ("", 0)
        self.does: Does = {
            "links": lambda asked: self.links(asked.talk),
            "code": upon(self.copy_code),
            "whole": upon(self.see_whole),
            "link": upon(self.copy_link),
            "versions": upon(self.see_versions),
        }

    async def links(self, talk: Talk) -> None:
        """The links of the selected message, or of all that is seen; one is opened or copied."""
        row = talk.timeline.row
        rows = [row] if row is not None else talk.timeline.seen_rows()
        found: dict[str, Link] = {}
        for each in rows:
            for link in read(each.text).links:
                found.setdefault(link.target, link)
        if not found:
            self._screen.tell(t("No link in this message.") if row else t("No link on the screen."))
            return
        chosen = await app_of(self._screen).push_screen_wait(LinksScreen(tuple(found.values())))
        if chosen is not None:
            self._follow(chosen)

    def _follow(self, chosen: Chosen) -> None:
        target = chosen.link.target
        message = parse(target)
        if chosen.opens and message is not None:
            if self._screen.reader.message(message.stream, message.target) is None:
                self._screen.tell(t("That message is not on this device."))
            else:
                self._screen.go_to(message.stream, message.target)
            return
        if chosen.opens and opening.open_outside(target, os.environ, opening.start):
            self._screen.tell(t("Opened outside."))
            return
        app_of(self._screen).copy_to_clipboard(target)
        if chosen.opens:
            said = t(
                "Nothing here opens links; it is copied, if your terminal takes that (OSC 52): "
                "{link}",
                link=target,
            )
        else:
            said = t("Copied, if your terminal takes that (OSC 52): {link}", link=target)
        self._screen.tell(said)

    def copy_code(self, talk: Talk, row: Row) -> None:
        """The next block of code of the message into the clipboard."""
        codes = read(row.text).codes
        name, nth = self._copied
        nth = nth % len(codes) if name == row.target.hex() else 0
        self._copied = (row.target.hex(), nth + 1)
        app_of(self._screen).copy_to_clipboard(codes[nth].text)
        more = (
            t(" Block {nth} of {count}; again for the next.", nth=nth + 1, count=len(codes))
            if len(codes) > 1
            else ""
        )
        self._screen.tell(t("Code copied.{more}", more=more))

    def see_whole(self, talk: Talk, row: Row) -> None:
        """The text as it was written, in a pager."""
        pager = program(os.environ.get("PAGER", ""), _PAGER)
        # What others wrote stays what is looked at: no key of the pager runs anything.
        environ = {**os.environ, "LESSSECURE": "1", "LESSCHARSET": "utf-8"}
        with app_of(self._screen).suspend():
            ended = ran(pager, f"{row.text}\n".encode(), environ)
        name = term_safe.line(pager[0])
        if not ended.started:
            self._screen.tell(
                t("{name} could not be started: {why}. Set $PAGER.", name=name, why=ended.why)
            )
        elif ended.why:
            said = t("{name} has failed: {why}. $PAGER names it.", name=name, why=ended.why)
            self._screen.tell(said)

    def copy_link(self, talk: Talk, row: Row) -> None:
        """A link to the message into the clipboard."""
        assert talk.place is not None
        if row.sending:
            self._screen.tell(t("It has no link before the hub has it."))
            return
        link = Permalink(self._screen.engine.device.address, talk.place.stream, row.target)
        app_of(self._screen).copy_to_clipboard(str(link))
        self._screen.tell(t("Link copied: {link}", link=link))

    async def see_versions(self, talk: Talk, row: Row) -> None:
        """All texts the message has had."""
        assert talk.place is not None
        shown = self._screen.reader.message(talk.place.stream, row.target)
        if shown is None:
            return
        versions = shown.versions[-VERSIONS_MAX:]
        if len(versions) < 2:
            # It was changed where it came from, before it was imported.
            self._screen.tell(t("Only its last text is kept here."))
            return
        lost = {version.version for version in shown.losing}
        texts = [
            Text(
                self._about(talk.place.stream, version, row, version.version in lost),
                term_safe.body(version.text),
            )
            for version in versions
        ]
        await app_of(self._screen).push_screen_wait(VersionsScreen(texts))

    def _about(self, stream: StreamId, version: Version, row: Row, lost: bool) -> str:
        entry = None
        if version.seq is not None:
            entry = self._screen.reader.entry(stream, version.seq)
        if entry is None:
            when = t("not on the hub yet") if version.seq is None else ""
        else:
            moment = local(entry.at_ms, self._screen.zone)
            when = f"{day_name(moment.date(), self._screen.today)} {clock(moment)}"
        said = t("first" if version.version == row.target else "changed")
        kept = t(" · ≠ lost against another, and kept") if lost else ""
        return f"{said} {when}{kept}".strip()
