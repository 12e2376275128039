"""One's own devices on the screen: named, ended, handed what was sealed before they were there."""

import asyncio
from typing import TYPE_CHECKING, Final

from hobnob_client import devices, paths, term_safe
from hobnob_client.catalogue import later, number, t
from hobnob_client.devices import DeviceLine
from hobnob_client.failures import Exit, Failure
from hobnob_client.giving import Gift
from hobnob_client.paths import Profile
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import attempt, warn
from hobnob_client.tui.screens.confirm import ConfirmScreen, TellScreen
from hobnob_client.tui.screens.devices import DevicesScreen
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Does, simply
from hobnob_client.tui.screens.line import LineScreen
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.limits import DEVICE_NAME_TEXT_MAX

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

PATH_TEXT_MAX: Final = 4_096
_WORDS_END: Final = later("Nobody comes back by these words.")
_DEVICE_ENDS: Final = later(
    "It can say nothing more for you, and nobody seals anything to it any more. What is on it "
    "already stays there."
)


class Own:
    """The devices of one screen's member."""

    def __init__(self, screen: "MainScreen", profile: Profile) -> None:
        self._screen = screen
        self._profile = profile
        self.does: Does = {
            "devices": simply(self.show),
            "veto": lambda _: self.say_no(),
        }

    def show(self) -> None:
        """All of them."""
        try:
            self._read()
        except Failure as failed:
            warn(self._screen, str(failed))
            return
        app_of(self._screen).push_screen(DevicesScreen(self._read, self._act))

    async def say_no(self) -> None:
        """Keep out whoever asks to speak for one."""
        self._screen.tell(await self._screen.asking.refuse(self._screen.engine))

    def _read(self) -> tuple[DeviceLine, ...]:
        screen = self._screen
        return devices.own_devices(screen.reader, screen.engine.device.author.device)

    def _act(self, action: str, device: DeviceLine) -> None:
        {"rename": self._rename, "revoke": self._revoke, "hand": self._hand}[action](device)

    def _rename(self, device: DeviceLine) -> None:
        def done(name: str | None) -> None:
            if name is not None:
                attempt(self._screen, self._renamed(device, name))

        dialog = LineScreen(
            t("A name for {id}", id=device.id.hex()),
            t(
                "Your own devices show it; neither the hub nor other members can read it. "
                "None takes the name away."
            ),
            t("Name"),
            text_max=DEVICE_NAME_TEXT_MAX,
            needed=False,
            value=device.name or "",
        )
        ask(app_of(self._screen), dialog, done)

    async def _renamed(self, device: DeviceLine, name: str) -> None:
        await self._screen.engine.private.set_up(devices.renaming(device.id, name))

    def _revoke(self, device: DeviceLine) -> None:
        what = _WORDS_END if device.paper else _DEVICE_ENDS
        if device.this:
            what = later("This is the device you sit at: you can say nothing here afterwards.")

        def done(yes: bool | None) -> None:
            if yes:
                attempt(self._screen, self._revoked(device))

        dialog = ConfirmScreen(
            t("End {device}?", device=_called(device)),
            f"{t(what)} {t('It cannot be taken back.')}",
        )
        ask(app_of(self._screen), dialog, done)

    async def _revoked(self, device: DeviceLine) -> None:
        screen = self._screen
        link = devices.revoking(screen.reader, screen.engine.device, device.id)
        await screen.engine.compose(PEOPLE, link)
        screen.tell(t("{device} speaks for you no more.", device=_called(device)))

    def _hand(self, device: DeviceLine) -> None:
        screen = self._screen
        chain = devices.own_chain(screen.reader)
        this = screen.engine.device.author.device
        try:
            with Gift(self._profile, chain, this, device.id) as gift:
                gift.record()
                count = gift.count
        except Failure as failed:
            if failed.code is Exit.RETRY:
                # The hub tells of keys when it is reached.
                screen.engine.reconnect()
                warn(
                    self._screen,
                    t("Its key is not here yet. The hub is asked: try again in a moment."),
                )
            else:
                warn(self._screen, str(failed))
            return

        def done(path: str | None) -> None:
            if path is not None:
                attempt(self._screen, self._handed(device, path))

        dialog = LineScreen(
            t("Hand what is old to {device}", device=_called(device)),
            t(
                "{count} texts of all your conversations, in a file that opens for this device "
                "alone. Whoever holds it can read them. Its fingerprint, which hobnob device list"
                " --json shows there as its key:\n{hex}\nWrite them into:",
                count=number(count),
                hex=device.key.hex(),
            ),
            t("A new file"),
            text_max=PATH_TEXT_MAX,
            value=f"~/history-{device.id.hex()[:8]}.hob",
        )
        ask(app_of(screen), dialog, done)

    async def _handed(self, device: DeviceLine, named: str) -> None:
        path, screen = paths.said(named), self._screen
        chain = devices.own_chain(screen.reader)
        by = screen.engine.device

        def give() -> int:
            with Gift(self._profile, chain, by.author.device, device.id) as gift:
                return gift.give(by, path, lambda _: None)

        written = await asyncio.to_thread(give)
        said = t(
            "{written} texts are in {path}.\nTake it to that device in any way, then say "
            "there:\nhobnob device history --take {name}",
            written=number(written),
            path=path,
            name=path.name,
        )
        dialog = TellScreen(t("Written for {device}", device=_called(device)), term_safe.body(said))
        app_of(screen).push_screen(dialog)


def _called(device: DeviceLine) -> str:
    return term_safe.name(device.name or "", device.id.hex())
