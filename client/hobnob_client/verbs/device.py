"""`hobnob device ...`: which devices speak for an account."""

import time

from hobnob_client import devices, keyring, pairing, waiting
from hobnob_client.failures import Exit, Failure
from hobnob_client.pairing import AccountCode, DeviceRequest, ShownKey
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.delivery import Fate, deliver, told
from hobnob_protocol import chain as chains
from hobnob_protocol.account import Chain
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import PEOPLE, DeviceId, DeviceKey, device_id
from hobnob_protocol.kinds.people import DeviceLink


def run(call: Call) -> Exit:
    """List, add, request, rename, revoke, name an SSH key, or say no."""
    action = {
        "list": _list,
        "add": _add,
        "request": _request,
        "rename": _rename,
        "revoke": _revoke,
        "ssh": _ssh,
        "veto": _veto,
    }
    return action[call.verb.action](call)


def _list(call: Call) -> Exit:
    with call.reader() as reader:
        for device in devices.own_devices(reader, call.device.author.device):
            name = device.id.hex()
            call.terminal.show(
                {
                    "device": name,
                    "key": device.key.hex(),
                    "this": device.this,
                    "manages": device.manages,
                    "active": device.active,
                    "sort": device.sort,
                    "due_ms": device.due_ms,
                    "name": device.name,
                },
                "  ".join((name, *device.marks)),
            )
    return Exit.OK


def _add(call: Call) -> Exit:
    device = call.device
    with call.reader() as reader:
        chain = devices.own_chain(reader)
    if device.hub_key is None:
        raise Failure("The hub was never reached: hobnob sync", Exit.RETRY)
    if call.words.request is None:
        place = (device.host, device.port, device.hub, device.hub_key)
        code = str(AccountCode(*place, device.account, device.handle, chain.head))
        call.terminal.say("On the new device: hobnob device request CODE, with this code.")
        call.terminal.show({"code": code}, code)
        return Exit.OK
    request = pairing.parse_request(call.words.request)
    link, signature = adding(call, chain, request)
    call.terminal.say(f"device {device_id(request.key).hex()} will speak for {device.handle}")
    return carry(call, link, signature).ends


def adding(call: Call, chain: Chain, request: DeviceRequest) -> tuple[bytes, bytes]:
    """The link that lets a device speak for this account, and its signature; Failure where the
    request does not fit."""
    device = call.signing()
    if request.account != device.account:
        raise Failure("This request is for another account.", Exit.USAGE)
    link, signature = chains.add(chain, device.signer, ShownKey(request), int(time.time()))
    try:
        chains.extend(chain, link, signature, device.hub, Ed25519Verifier())
    except ProtocolError as broken:
        said = "The request does not fit (any more): begin again with hobnob device add."
        raise Failure(f"{said} ({chains.RULES.get(broken.rule, broken.rule)})") from broken
    return link, signature


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
    device = call.signing()
    with call.reader() as reader:
        gone = _named(call, devices.own_chain(reader))
        link = devices.revoking(reader, device, gone)
    return _said(call, link).ends


def _ssh(call: Call) -> Exit:
    """Name an SSH key by which one comes back."""
    from hobnob_client.ssh import choosing

    device = call.signing()
    with call.reader() as reader:
        chain = devices.own_chain(reader)
    key = choosing.choose(call.words.key or "", call.agent, call.private.ask)
    touched = choosing.is_touched(key.public_key)
    if touched:
        call.terminal.say("Touch your security key.")
    link, signature = chains.name_ssh(chain, device.signer, key, int(time.time()))
    devices.checked(chain, link, signature)
    fate = carry(call, link, signature)
    if fate is not Fate.REFUSED:
        shown = choosing.fingerprint(key.public_key)
        when = "at once, by a touch" if touched else "a day later, unless a device of yours says no"
        call.terminal.say(f"Whoever holds this key can add a device to your account, {when}.")
        name = device_id(DeviceKey(key.public_key)).hex()
        sort = choosing.sort_of(key.public_key)
        record = {"device": name, "sort": "ssh", "fingerprint": shown}
        call.terminal.show(record, f"{name}  SSH key, {sort}  {shown}")
    return fate.ends


def _veto(call: Call) -> Exit:
    """Keep out who waits, and end the key that has asked."""
    device = call.signing()
    with call.reader() as reader:
        asking = waiting.waiting(reader)
        links = waiting.vetoes(reader, device)
    ended = Exit.OK
    for each, link in zip(asking, links, strict=True):
        fate = _said(call, link)
        ended = max(ended, fate.ends)
        if fate is Fate.SENT:
            said = f"{each.device.hex()} stays out, and the SSH key {each.by.hex()} has ended."
            call.terminal.say(said)
    if not asking:
        call.terminal.say("Nobody waits.")
    return ended


def _named(call: Call, chain: Chain) -> DeviceId:
    """The active device or recovery key that was said; Failure where that is not one."""
    among = [each.device for each in chain.active]
    among += [each.id for each in chain.recovery if each.active]
    among += [each.device for each in chain.waiting]
    return devices.named(among, call.words.device)


def _rename(call: Call) -> Exit:
    from hobnob_client.verbs.keeping import keep

    with call.reader() as reader:
        device = _named(call, devices.own_chain(reader))
        kept = reader.setting(devices.renaming(device, " ".join(call.words.name)))
    keep(call, *kept)
    call.terminal.say("renamed; your other devices hear of it with the next sync")
    return Exit.OK


def carry(call: Call, link: bytes, signature: bytes) -> Fate:
    """Tell the hub of a link of one's own chain, and the person what became of it."""
    return _said(call, DeviceLink(link, signature))


def _said(call: Call, link: DeviceLink) -> Fate:
    from hobnob_client.verbs import composing

    fate, why = deliver(call, composing.compose(call, PEOPLE, link).n)
    told(call, fate, why)
    return fate
