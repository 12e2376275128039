"""`hobnob device ...`: which devices speak for an account."""

import time

from hobnob_client import keyring, pairing
from hobnob_client.failures import Exit, Failure
from hobnob_client.pairing import AccountCode, ShownKey
from hobnob_client.reading import Reader
from hobnob_client.verbs.call import Call
from hobnob_protocol import chain as chains
from hobnob_protocol.chain import Chain
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import PEOPLE, device_id
from hobnob_protocol.kinds.people import DeviceLink


def run(call: Call) -> Exit:
    """List, add, request or revoke."""
    action = {"list": _list, "add": _add, "request": _request, "revoke": _revoke}
    return action[call.verb.action](call)


def _chain(call: Call, reader: Reader) -> Chain:
    chain = reader.chain(reader.me)
    if chain is None:
        raise Failure("This replica does not know your account yet: hobnob sync", Exit.RETRY)
    return chain


def _list(call: Call) -> Exit:
    mine = call.device.author.device
    with call.reader() as reader:
        for device in _chain(call, reader).devices:
            name = device.device.hex()
            marks = [
                mark
                for mark, holds in (
                    ("this one", device.device == mine),
                    ("manages", device.manage and device.active),
                    ("revoked", not device.active),
                )
                if holds
            ]
            call.terminal.show(
                {
                    "device": name,
                    "key": device.key.hex(),
                    "this": device.device == mine,
                    "manages": device.manage,
                    "active": device.active,
                },
                "  ".join((name, *marks)),
            )
    return Exit.OK


def _add(call: Call) -> Exit:
    device = call.device
    with call.reader() as reader:
        chain = _chain(call, reader)
    if device.hub_key is None:
        raise Failure("The hub was never reached: hobnob sync", Exit.RETRY)
    if call.words.request is None:
        place = (device.host, device.port, device.hub, device.hub_key)
        code = str(AccountCode(*place, device.account, device.handle, chain.head))
        call.terminal.say("On the new device: hobnob device request CODE, with this code.")
        call.terminal.show({"code": code}, code)
        return Exit.OK
    request = pairing.parse_request(call.words.request)
    if request.account != device.account:
        raise Failure("This request is for another account.", Exit.USAGE)
    link, signature = chains.add(chain, device.signer, ShownKey(request), int(time.time()))
    try:
        chains.extend(chain, link, signature, device.hub, Ed25519Verifier())
    except ProtocolError as broken:
        said = "The request does not fit (any more): begin again with hobnob device add."
        raise Failure(f"{said} ({chains.RULES.get(broken.rule, broken.rule)})") from broken
    call.terminal.say(f"device {device_id(request.key).hex()} will speak for {device.handle}")
    return _carry(call, link, signature)


def _request(call: Call) -> Exit:
    code = pairing.parse_account("".join(call.words.code))
    if call.profile.key.exists():
        raise Failure("This profile has an account. A new one: --profile DIR", Exit.USAGE)
    device = pairing.device_of(code, keyring.new_seed())
    keyring.save(call.profile, device)
    request = str(pairing.request(code, device.signer))
    call.terminal.say("On the old device: hobnob device add REQUEST; then here: hobnob sync")
    call.terminal.show({"request": request, "device": device.author.device.hex()}, request)
    return Exit.OK


def _revoke(call: Call) -> Exit:
    device = call.device
    with call.reader() as reader:
        chain = _chain(call, reader)
    named = call.words.device.lower()
    found = [each for each in chain.active if each.device.hex().startswith(named)]
    if len(found) != 1:
        raise Failure(f"No one active device is named {named!r}: hobnob device list", Exit.USAGE)
    link, signature = chains.revoke(chain, device.signer, found[0].device, int(time.time()))
    try:
        chains.extend(chain, link, signature, device.hub, Ed25519Verifier())
    except ProtocolError as broken:
        raise Failure(f"Not possible: {chains.RULES.get(broken.rule, broken.rule)}.") from broken
    return _carry(call, link, signature)


def _carry(call: Call, link: bytes, signature: bytes) -> Exit:
    from hobnob_client.verbs import composing
    from hobnob_client.verbs.delivery import deliver, told

    composed = composing.compose(call, PEOPLE, DeviceLink(link, signature))
    return told(call, *deliver(call, composed.n))
