"""`hobnob join`: become a member of a hub, or of a public channel."""

import asyncio
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from hobnob_client import joining_words, keyring, term_safe
from hobnob_client.catalogue import later, t
from hobnob_client.devices import moment
from hobnob_client.failures import Exit, Failure
from hobnob_client.founding import again, found
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.verbs.call import Call, channel_named
from hobnob_protocol import handle as handles
from hobnob_protocol.errors import ByeCode, ProtocolError
from hobnob_protocol.ids import HubId
from hobnob_protocol.invite_link import InviteLink, base32, parse
from hobnob_protocol.ssh.signed import SshSigner

JOIN_SECONDS: Final = 30.0
"""From the first packet to the newest messages of every channel."""


def run(call: Call) -> Exit:
    """A link is a hub's, a name with # a channel's."""
    if call.words.link.startswith("#"):
        return _join_channel(call)
    link = link_given(call)
    device = _device(call, link)
    call.terminal.say(f"hub {device.address}, whose fingerprint is {fingerprint(link.hub)}")
    keyring.save(call.profile, device)
    channels = admitted(call, device) or "no channel yet"
    record = {"hub": device.hub.hex(), "account": device.account.hex(), "handle": device.handle}
    call.terminal.show(record, f"You are {device.handle}, in {channels}.")
    return Exit.OK


def link_given(call: Call) -> InviteLink:
    """The invite link that was said, or handed in where `-` was; Failure never repeats it."""
    text = call.terminal.given.readline() if call.words.link == "-" else call.words.link
    try:
        return parse(text)
    except ProtocolError as broken:
        said = joining_words.broken(broken.rule)
        if call.words.link.isalnum():
            said += " A channel is joined by its #, in quotes: hobnob join '#general'"
        raise Failure(said, Exit.USAGE) from broken


def checked(handle: str) -> str:
    """The handle; Failure where nobody may have it."""
    why = handles.why_not(handle)
    if why is not None:
        told = t("nobody may have this name") if why == handles.RESERVED else t(_FORM)
        said = t("{name} is no handle: {why}.", name=f"'{term_safe.line(handle)}'", why=told)
        raise Failure(said, Exit.USAGE)
    return handle


def fingerprint(hub: HubId) -> str:
    """The hub's name to compare by eye or by voice: 160 bits of it in groups of four letters."""
    letters = base32(hub)[:32]
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def admitted(call: Call, device: DeviceFile, why_not: str = "") -> str:
    """Be let in and fetch what is newest: the channels one is in. Failure with `why_not` where the
    hub refuses."""
    with admission(device, why_not):
        call.terminal.progress("joining …")
        return asyncio.run(enter(call.profile, device))


class NotAdmitted(Failure):
    """The hub has said no: this device is nobody there."""


@contextmanager
def admission(device: DeviceFile, why_not: str = "") -> Generator[None]:
    """What may keep somebody out, in words; NotAdmitted, with `why_not`, where the hub refuses."""
    from hobnob_client.link import LinkLost
    from hobnob_client.not_let_in import NotLetIn

    try:
        yield
    except TimeoutError as late:
        said = t("The hub has not answered in time: try again.")
        raise Failure(said, Exit.RETRY) from late
    except LinkLost as lost:
        raise Failure(joining_words.unreached(device, str(lost)), Exit.RETRY) from lost
    except NotLetIn as refused:
        if refused.code == ByeCode.WAITING:
            raise _waits(device, refused.retry_seconds) from refused
        said = why_not or joining_words.refused(device, refused.code)
        raise NotAdmitted(said) from refused


def _waits(device: DeviceFile, seconds: float) -> Failure:
    """An SSH key has named this device, and others of its account may say no."""
    when = moment(int((time.time() + seconds) * 1_000))
    return Failure(
        f"This device waits: for a day your others may say no. From {when} on, say again:"
        f" hobnob recover {device.handle}@{device.address}",
        Exit.RETRY,
    )


async def enter(profile: Profile, device: DeviceFile) -> str:
    """Be let in, and fetch what is newest of every channel: the names of those one is in."""
    from hobnob_client.engine import Engine

    async with Engine(profile, device) as engine, asyncio.timeout(JOIN_SECONDS):
        await engine.until(lambda progress: progress.usable and progress.known, patient=False)
        joined = [
            line.channel.name for line in engine.reader.channels(counted=False) if line.joined
        ]
        return ", ".join(f"#{name}" for name in joined)


def _device(call: Call, link: InviteLink) -> DeviceFile:
    """Who will join: the one who tried before, or somebody new."""
    present = call.signing() if call.profile.key.exists() else None
    if present is not None and not present.invite:
        raise Failure(
            f"This profile is {present.handle} on {present.address} already."
            " Another hub or account needs another: --profile DIR",
            Exit.USAGE,
        )
    before = present.handle if present is not None else ""
    handle = checked(call.words.handle or before or _asked(call))
    if call.words.ssh is not None:
        return found(link, handle, int(time.time()), ssh=_ssh(call))
    if present is not None and (present.handle, present.hub) == (handle, link.hub):
        return again(present, link)
    return found(link, handle, int(time.time()))


def _ssh(call: Call) -> SshSigner:
    """The key that will recover the account."""
    from hobnob_client.ssh import choosing

    key = choosing.choose(call.words.ssh, call.agent, call.private.ask)
    call.terminal.say(f"SSH key {choosing.fingerprint(key.public_key)} signs that it recovers you")
    return key


_FORM: Final = later("2 to 32 of a to z, 0 to 9, _ and -, a letter first")


def _asked(call: Call) -> str:
    answer = call.terminal.ask("Your handle on this hub (a to z, 0 to 9, _ and -)?")
    if not answer:
        raise Failure("Say who you will be: --handle NAME", Exit.USAGE)
    return answer


def _join_channel(call: Call) -> Exit:
    from hobnob_client.verbs import composing
    from hobnob_client.verbs.delivery import deliver, told
    from hobnob_protocol.kinds.membership import Join

    with call.reader() as reader:
        line = channel_named(reader, call.words.link)
    if line.joined:
        call.terminal.say(f"You are in #{line.channel.name} already.")
        return Exit.OK
    composed = composing.compose(call, line.stream, Join())
    return told(call, *deliver(call, composed.n))
