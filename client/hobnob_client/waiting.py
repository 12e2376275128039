"""Who asks to speak for an account by an SSH key and waits for a day: what is told of it, and
the word that keeps it out; the same for the verbs and the screen."""

import time
from typing import Final

from hobnob_client.catalogue import t
from hobnob_client.devices import checked, moment
from hobnob_client.keyring import DeviceFile
from hobnob_client.reading import Reader
from hobnob_protocol import chain as chains
from hobnob_protocol.account import Waiting
from hobnob_protocol.kinds.people import DeviceLink

NO: Final = "hobnob device veto"
"""What is said to keep it out."""


def waiting(reader: Reader) -> tuple[Waiting, ...]:
    """Those that wait, in the order they asked; none before the account is known here."""
    chain = reader.chain(reader.me)
    return () if chain is None else chain.waiting


def notice(found: Waiting) -> str:
    """What everybody is told who uses a device of this account."""
    return t(
        "A device {id} asks to speak for you, by an SSH key of yours. From {moment} on it may.",
        id=found.device.hex(),
        moment=moment(found.due_ms),
    )


def leaving(reader: Reader) -> str:
    """That one's own handle is about to be another account's; "" where it is not."""
    handle = reader.handle(reader.me)
    for each in reader.reseats.pending:
        if each.handle == handle:
            return t(
                "The operator of this hub gives your handle @{handle} to another account on "
                "{moment}. Tell them that you are here.",
                handle=handle,
                moment=moment(each.due_ms),
            )
    return ""


def vetoes(reader: Reader, by: DeviceFile) -> tuple[DeviceLink, ...]:
    """What keeps all of them out and ends the keys that asked, signed by this device; Failure where
    it may not say that."""
    chain, links = reader.chain(reader.me), list[DeviceLink]()
    for each in () if chain is None else chain.waiting:
        assert chain is not None
        link = chains.revoke(chain, by.signer, each.device, int(time.time()))
        chain = checked(chain, *link)
        links.append(DeviceLink(*link))
    return tuple(links)
