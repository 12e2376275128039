"""A newcomer joins: a link, the fingerprint of its hub, a handle; nothing else is asked."""

import os
import re
import time
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client import joining_words, keyring, term_safe
from hobnob_client.catalogue import t
from hobnob_client.failures import Failure
from hobnob_client.founding import found
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.tui.screens.dialog import ENTER, Prompt, Writing
from hobnob_client.tui.widgets.field import Field
from hobnob_client.verbs.join import NotAdmitted, admission, checked, enter, fingerprint
from hobnob_protocol.errors import HobnobError, ProtocolError
from hobnob_protocol.handle import why_not
from hobnob_protocol.invite_link import InviteLink, address, parse

LINK_MAX: Final = 1_000
"""Characters of a link, with what was copied around it."""
HANDLE_MAX: Final = 64
"""More than a handle may have: it is told what is wrong with it."""
_LINK: Final = re.compile(r"hobnob://[^\s'\"<>]+")


class JoiningScreen(Writing, Prompt[bool]):
    """Ends with True once one is in; None where one steps back."""

    CSS = """
    JoiningScreen { align: center middle; }
    #joining { width: 72; max-width: 96%; height: auto; border: round $accent; padding: 1 2;
        background: $surface; }
    #joining Input { border: none; height: 1; padding: 0; margin: 1 0; }
    #joining #hub { height: auto; }
    #joining #said { height: auto; color: $text-warning; }
    #joining #name { display: none; height: auto; }
    #joining.-named #name { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "step_back", show=False), ENTER]

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self._link: InviteLink | None = None
        self._joins = False
        self._of_link = Field("hobnob://hub.example.org/#…", max_length=LINK_MAX)
        self._of_handle = Field("alice", max_length=HANDLE_MAX)
        self._hub = Static(id="hub")
        self._said = Static(id="said")
        self.field = self._of_link

    def compose(self) -> ComposeResult:
        """The link, the hub it names, and the handle."""
        with Vertical(id="joining") as frame:
            frame.border_title = Content(t("Join by a link"))
            frame.border_subtitle = Content(t("Enter Go on · Esc Back"))
            yield Static(Content(t("Paste the link that somebody has sent you.")))
            yield self._of_link
            with Vertical(id="name"):
                yield self._hub
                yield self._of_handle
            yield self._said

    def entered(self) -> None:
        """The link, then the handle."""
        if self._joins or not self.is_active:
            return
        if self.field is self._of_link:
            self._take_link(self._of_link.value)
        else:
            self._take_handle(self._of_handle.value.strip())

    def action_step_back(self) -> None:
        """From the handle to the link, from there to the ways; not while the hub is asked."""
        if self._joins:
            return
        if self.field is self._of_handle:
            self.query_one("#joining").remove_class("-named")
            self._turn_to(self._of_link)
        else:
            self.dismiss(None)

    def _take_link(self, typed: str) -> None:
        copied = _LINK.search(typed)
        try:
            link = parse(copied[0] if copied is not None else typed)
        except ProtocolError as broken:
            nothing = t("Nothing was pasted.")
            self._say(joining_words.broken(broken.rule) if typed.strip() else nothing)
            return
        self._link = link
        self._hub.update(
            Content(
                t(
                    "The hub is {address}. Its fingerprint:\n{fingerprint}\n"
                    "Whoever invited you sees the same.\n\nBy what handle shall all know you?",
                    address=term_safe.line(address(link.host, link.port)),
                    fingerprint=fingerprint(link.hub),
                )
            )
        )
        self.query_one("#joining").add_class("-named")
        if not self._of_handle.value:
            self._of_handle.value = _own_name()
        self._turn_to(self._of_handle)

    def _turn_to(self, field: Field) -> None:
        self.field = field
        field.focus()
        self._say("")

    def _take_handle(self, handle: str) -> None:
        try:
            checked(handle)
        except Failure as wrong:
            self._say(str(wrong))
            return
        assert self._link is not None, "the handle is asked for behind the link"
        self._joins = True
        self._say(t("Joining …"))
        self.run_worker(self._join(found(self._link, handle, int(time.time()))))

    async def _join(self, device: DeviceFile) -> None:
        """Be let in. Whom the hub refuses is nobody there, and may try with another link or name;
        who did not reach it may try again, now or at the next start."""
        try:
            keyring.save(self._profile, device)
            with admission(device):
                await enter(self._profile, device)
        except (HobnobError, OSError) as failed:
            if isinstance(failed, NotAdmitted):
                self._profile.key.unlink(missing_ok=True)
            self._joins = False
            self._say(term_safe.line(str(failed)))
        else:
            self.dismiss(True)

    def _say(self, text: str) -> None:
        self._said.update(Content(text))


def _own_name() -> str:
    """One's name on this machine, where it can be a handle."""
    name = os.environ.get("USER", "").lower()
    return name if name and name != "root" and why_not(name) is None else ""
