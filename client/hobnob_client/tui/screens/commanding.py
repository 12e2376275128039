"""The commands of a field, done: each by what a key does elsewhere."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from hobnob_client import acting, term_safe
from hobnob_client.catalogue import t
from hobnob_client.failures import Failure
from hobnob_client.tui.composing import commands
from hobnob_client.tui.composing.commands import Call
from hobnob_client.tui.composing.emoji import by_name
from hobnob_client.tui.composing.likest import likest, only
from hobnob_client.tui.composing.recall import Recall
from hobnob_client.tui.look import look_of
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.widgets.talk import Talk
from hobnob_client.typed import cleaned
from hobnob_protocol.handle import fold_case
from hobnob_protocol.limits import EMOJI_TEXT_MAX, TITLE_TEXT_MAX

if TYPE_CHECKING:
    from hobnob_client.tui.screens.composing import Composing
    from hobnob_client.tui.screens.deeds import Deeds
    from hobnob_client.tui.screens.main import MainScreen


class Commanding:
    """The commands of one screen."""

    def __init__(self, screen: "MainScreen", deeds: "Deeds", composing: "Composing") -> None:
        self._screen = screen
        self._deeds = deeds
        self._composing = composing
        self._why = ""
        """Why the last one could not be done."""
        self._does: Final[dict[str, Callable[[Talk, str], object]]] = {
            "join": self._join,
            "dm": self._dm,
            "thread": self._thread,
            "poll": self._poll,
            "me": self._me,
            "edit": self._edit,
            "react": self._react,
            "thanks": self._thanks,
            "search": self._search,
            "jump": self._jump,
            "mute": self._mute,
            "leave": self._leave,
            "who": self._who,
            "go": self._go,
            "outbox": self._outbox,
            "preview": self._preview,
            "theme": self._theme,
            "settings": self._settings,
            "help": self._help,
            "quit": self._quit,
        }

    def do(self, talk: Talk, call: Call) -> None:
        """Do it: the field is free then, unless it could not be done."""
        composer, place = talk.composer, talk.place
        written, recall, self._why = composer.text, composer.recall, ""
        composer.recall = Recall()
        composer.put(recall.draft)
        if self._does[call.command.name](talk, call.words) is False:
            composer.put_back(written)
            composer.recall = recall
            talk.tell(self._why)
        elif talk.place == place and talk.editing is None and not composer.text:
            # What it put into the field instead of the draft is said by now.
            composer.put(recall.draft)

    def do_anywhere(self, text: str) -> None:
        """Do one of `commands.ANYWHERE`, written elsewhere than in a field, which stays so."""
        call = commands.read(text)
        if not isinstance(call, Call) or call.command.name not in commands.ANYWHERE:
            return
        self._why = ""
        if self._does[call.command.name](self._screen.channel, call.words) is False:
            self._screen.tell(self._why)

    def ask_title(self, then: Callable[[str], object], value: str = "") -> None:
        """Ask how a thread is called."""
        # Nobody waits at the start for what few open.
        from hobnob_client.tui.screens.line import LineScreen

        def done(title: str | None) -> None:
            if title is not None and line_of(title):
                then(line_of(title))

        dialog = LineScreen(
            t("A title for the thread"),
            t("Everybody in the channel sees it above the thread and in its list."),
            t("Title"),
            text_max=TITLE_TEXT_MAX,
            value=value,
        )
        ask(app_of(self._screen), dialog, done)

    # Each returns False where it could not be done.

    def _join(self, _talk: Talk, words: str) -> bool:
        screen = self._screen
        name = words.split()[0].removeprefix("#")
        channels = [each.name for each in screen.reader.channels(counted=False)]
        line = screen.reader.channel(name) or screen.reader.channel(only(name, channels))
        if line is None:
            lacks = t(
                "There is no channel {name} that you may see.", name=f"#{term_safe.line(name)}"
            )
            self._why = _with_likest(lacks, "#", likest(name, channels))
            return False
        if line.joined:
            screen.entering.open_channel(line.stream)
            screen.framing.write_in_channel()
            return True
        items = screen.channels.items
        item = next((each for each in items if each.stream == line.stream), None)
        if item is not None:
            self._deeds.join(item, to_write=True)
        return item is not None

    def _dm(self, _talk: Talk, words: str) -> bool:
        screen = self._screen
        handle, _, text = words.partition(" ")
        handle = fold_case(handle.removeprefix("@"))
        account = screen.reader.account(handle)
        if account is None:
            lacks = t("Nobody here is called @{name}.", name=term_safe.line(handle))
            everybody = [screen.reader.handle(each) for each, _ in screen.reader.everybody()]
            self._why = _with_likest(lacks, "@", likest(handle, everybody))
            return False
        if not screen.write_to(account):
            return False
        if text.strip() and not screen.channel.composer.text.strip():
            screen.channel.composer.put(text.strip())
            self._composing.send_fitting(screen.channel, text.strip())
        elif text.strip():
            screen.ways.ask(text.strip())
        return True

    def _thread(self, talk: Talk, words: str) -> bool:
        first, _, text = words.partition("\n")
        if talk.place is not None and talk.place.thread is not None:
            self._why = t("This is a thread already: T on a message of it gives it a title.")
            return False
        talk.entitle(line_of(first))
        if text.strip():
            talk.composer.put(text.strip("\n"))
            self._composing.send_fitting(talk, text.strip("\n"))
        return True

    def _me(self, talk: Talk, words: str) -> None:
        mark = "*" if "_" in words else "_"
        text = f"{mark}{words}{mark}"
        talk.composer.put(text)
        self._composing.send_fitting(talk, text)

    def _edit(self, talk: Talk, words: str) -> bool:
        row = talk.last_own
        if row is None:
            self._why = t("You have said nothing here that could be changed.")
            return False
        self._deeds.edit(talk, row)
        if words:
            talk.composer.put(words)
        return True

    def _react(self, talk: Talk, words: str) -> bool:
        row = self._about(talk)
        glyph = by_name().get(words.strip(":").lower(), words)
        if row is None:
            self._why = t("There is no message yet to react to.")
            return False
        if glyph.isascii() or len(glyph) > EMOJI_TEXT_MAX or " " in glyph:
            self._why = t("No emoji is called {name}.", name=term_safe.line(words)[:40])
            return False
        assert talk.place is not None
        self._screen.run_worker(self._screen.voice.react(talk.place.stream, row, glyph))
        return True

    def _thanks(self, talk: Talk, words: str) -> bool:
        row = self._about(talk)
        if row is None:
            self._why = t("There is no message yet to thank for.")
            return False
        if words and talk.place is not None:
            # What cannot be said stays in the field, with the reason.
            stream = talk.place.stream
            message = self._screen.reader.message(stream, row.target)
            try:
                if message is not None:
                    acting.thank(self._screen.reader, stream, message, words)
            except Failure as failed:
                self._why = str(failed)
                return False
        doing = self._composing.reacting.thank(talk, row, words)
        if doing is not None:
            self._screen.run_worker(doing)
        return not row.mine

    def _about(self, talk: Talk) -> Row | None:
        """The selected message, or the last of somebody else if that is near, or the last."""
        if talk.timeline.row is not None:
            return talk.timeline.row
        window = talk.timeline.window
        others = (row for row in window.newest() if not row.mine and not row.note)
        return next(others, None) or next(window.newest(), None)

    def _poll(self, _talk: Talk, words: str) -> None:
        from hobnob_client.tui.screens.polls import Polls

        Polls(self._screen).ask(words)

    def _search(self, _talk: Talk, words: str) -> None:
        self._screen.ways.search(words)

    def _preview(self, talk: Talk, _words: str) -> None:
        self._composing.preview(talk)

    def _who(self, talk: Talk, _words: str) -> None:
        self._screen.talks.who(talk.composer)

    def _outbox(self, _talk: Talk, _words: str) -> None:
        self._screen.ways.outbox()

    def _go(self, _talk: Talk, _words: str) -> None:
        self._screen.ways.switch()

    def _theme(self, _talk: Talk, words: str) -> bool:
        try:
            self._screen.tell(look_of(self._screen).turn_to_theme(words.strip().lower()))
        except (Failure, OSError) as failed:
            self._why = term_safe.line(str(failed))
            return False
        return True

    def _settings(self, talk: Talk, _words: str) -> None:
        self._screen.asked(talk.composer, "settings")

    def _help(self, talk: Talk, _words: str) -> None:
        self._screen.ways.show_keys(talk.composer)

    def _quit(self, _talk: Talk, _words: str) -> None:
        app_of(self._screen).exit()

    def _jump(self, _talk: Talk, words: str) -> bool:
        # Nobody waits at the start for what few ever say.
        from hobnob_client.finding import days

        found = days.read(words, self._screen.today)
        if found is None:
            self._why = t("That is no day. A day is one of {forms}.", forms=days.FORMS)
            return False
        self._screen.ways.to_day(found.first)
        return True

    def _mute(self, talk: Talk, _words: str) -> None:
        self._screen.asked(talk.composer, "mute")

    def _leave(self, talk: Talk, words: str) -> bool:
        here = self._screen.ways.asks()
        if words.startswith("#") and words.split()[0] != here:
            self._why = t("/leave leaves {place}, where you are.", place=here)
            return False
        self._screen.asked(talk.composer, "leave_channel")
        return True


def _with_likest(lacks: str, sign: str, near: str) -> str:
    """What lacks, and what may be meant instead; "" for nothing."""
    if not near:
        return lacks
    meant = t("Do you mean {command}?", command=f"{sign}{term_safe.line(near)}")
    return f"{lacks} {meant}"


def line_of(text: str) -> str:
    """A title as it is given: one line, no longer than one may be."""
    return " ".join(cleaned(text).split())[:TITLE_TEXT_MAX]
