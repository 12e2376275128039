"""`hobnob recover HANDLE@HOST --ssh`: come back by an SSH key, and enter once one has waited."""

import time

from hobnob_client import keyring, recovering
from hobnob_client.failures import Failure
from hobnob_client.keyring import DeviceFile
from hobnob_client.recovering import Place
from hobnob_client.ssh import choosing
from hobnob_client.verbs.call import Call
from hobnob_protocol.chain import come_back, enter
from hobnob_protocol.crypto import Ed25519Signer
from hobnob_protocol.ids import HubId
from hobnob_protocol.recovery_frames import ChainHead

UNKNOWN = (
    "The hub knows no such key for {handle!r}. It may be another account's, or ended, or the"
    " handle mistyped: a hub does not tell strangers which."
)
GONE = (
    "Nobody waits there any more: a device of yours has said no, or the hub has lost that you"
    " asked. Begin again."
)


def named(call: Call, place: Place, hub: HubId, asked: recovering.Asked) -> DeviceFile:
    """A new device that the key which is meant has named. Failure."""
    key = choosing.choose(call.words.ssh, call.agent, call.private.ask)
    touched = choosing.is_touched(key.public_key)
    call.terminal.say(f"SSH key {choosing.fingerprint(key.public_key)} signs, twice")
    if touched:
        call.terminal.say("Touch it each time, within ten seconds.")
    at = asked(place, recovering.shown(place, hub, key))
    if at is None:
        raise Failure(UNKNOWN.format(handle=place.handle))
    seed = keyring.new_seed()
    new = Ed25519Signer(seed)
    link = come_back(hub, at.links, at.head, key, new, int(time.time()))
    return recovering.device_file(place, hub, at, seed, link)


def seated(device: DeviceFile, place: Place, at: ChainHead) -> DeviceFile:
    """The device that has waited, with the link by which it enters."""
    link = enter(device.hub, at.links, at.head, device.signer, int(time.time()))
    return recovering.device_file(place, device.hub, at, device.seed, link)
