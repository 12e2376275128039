"""What keeps somebody out who joins by a link, and what to do: one place for the screen and the
shell."""

from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_client.keyring import DeviceFile
from hobnob_client.not_let_in import why
from hobnob_client.term_safe import line
from hobnob_protocol.errors import ByeCode

_CUT: Final = later("a part of it is missing or was changed")
_BROKEN: Final = {
    "invite.form": later("one looks like hobnob://hub.example.org/#letters.letters"),
    "invite.port": later("its port is none"),
    "invite.hub": _CUT,
    "invite.secret": _CUT,
}


def broken(rule: str) -> str:
    """Why a text is no invite link, by the rule of `invite_link` that it breaks; the text, which
    may hold a secret, is not repeated."""
    return t(
        "This is no invite link: {why}. Copy it whole, from hobnob:// to its end.",
        why=t(_BROKEN[rule]),
    )


def refused(device: DeviceFile, code: str) -> str:
    """What is said to somebody whom the hub refuses with this code of `ByeCode`."""
    if code == ByeCode.AUTH:
        return t(
            "The hub did not let you in. The invite may be used up or too old, or the handle "
            "{handle} taken: a hub does not tell strangers which. Try another handle; if that does "
            "not help, ask for a new link.",
            handle=f"'{line(device.handle)}'",
        )
    if code == ByeCode.CHANNEL:
        return t(
            "What answers at {address} is not the hub of this link: it has another key or "
            "certificate, and was told nothing. Ask whoever sent the link to compare the "
            "fingerprint with you.",
            address=line(device.address),
        )
    return t("The hub did not let you in: {why}. Try again later.", why=why(code))


def unreached(device: DeviceFile, lost: str) -> str:
    """What is said where the hub is not there; `lost` says how that was found."""
    return t(
        "The hub at {address} is not reached ({why}). Nothing is lost: try again later.",
        address=line(device.address),
        why=line(lost),
    )
