"""`hobnob device link` and `hobnob link`: a further device, by eight words."""

import asyncio
from collections.abc import Coroutine, Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from hobnob_client import (
    keyring,
    link_words,
    meeting,
    pairing,
    paper,
    paths,
    recovering,
    secret_file,
)
from hobnob_client.devices import own_chain
from hobnob_client.failures import Exit, Failure
from hobnob_client.link import LinkLost
from hobnob_client.link_words import Box, LinkWords
from hobnob_client.meeting import Meeting, MeetingOver
from hobnob_client.pairing import AccountCode, DeviceRequest
from hobnob_client.recovering import Place
from hobnob_client.verbs import device as devices
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.delivery import Fate
from hobnob_client.verbs.join import admitted, fingerprint
from hobnob_client.verbs.recover import TRIES, YES, agreed, asked
from hobnob_protocol.crypto import Ed25519Signer
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.ids import HubId, device_id
from hobnob_protocol.invite_link import address

ADDED: Final = b"added"
REFUSED: Final = b"refused"
WORDS_FILE_BYTES_MAX: Final = 1_024
"""Eight words have a tenth of it."""
UNCHANGED: Final = "Nothing was changed; begin again with hobnob device link."
NOT_YET: Final = "The hub does not know this device yet: say hobnob sync in a while."
_ENDS: Final = {
    ByeCode.TIMEOUT: ("The two minutes are over.", Exit.FAILED),
    ByeCode.DONE: ("The other device has gone.", Exit.FAILED),
    ByeCode.ELSEWHERE: ("You have begun anew elsewhere: these words are void.", Exit.FAILED),
    ByeCode.CROWDED: ("Many link devices at this hub just now: wait a minute.", Exit.RETRY),
    ByeCode.PROTOCOL: ("This hub knows no words: take hobnob device add.", Exit.FAILED),
}
"""What a BYE means here, and how the verb ends; any other one is the hub's trouble."""


def run(call: Call) -> Exit:
    """Show words on the old device, or type them on the new one."""
    return _offer(call) if call.verb.action == "offer" else _come(call)


# The old device.


def _offer(call: Call) -> Exit:
    device = call.signing()
    with call.reader() as reader:
        chain = own_chain(reader)
    if device.hub_key is None:
        raise Failure("The hub was never reached: hobnob sync", Exit.RETRY)
    words = link_words.draw()
    box = words.box(device.hub)
    place = (device.host, device.port, device.hub)
    code = AccountCode(*place, device.hub_key, device.account, device.handle, chain.head)
    waiting = meeting.at_slot(*place, box.slot, device.signer, device.account, device.hub_key)
    unknown = "The hub does not take this device for yours: hobnob sync"
    with asyncio.Runner() as runner, _ends(unknown), _met(runner, waiting) as line:
        request = _asked_by(call, runner, line, box, words, code)
        link, signature = devices.adding(call, chain, request)
        shown = link_words.check(device.hub, device.account, request.key)
        call.terminal.say(f"A device asks to speak for {device.handle}. It shows: {shown}")
        said = call.private.ask("Add only if this is your screen: are they the same (yes or no)?")
        if said is None or said.strip().lower() not in YES:
            with suppress(LinkLost):
                runner.run(line.say(box.seal(4, REFUSED)))
            raise Failure(f"It was not added. {UNCHANGED}")
        if runner.run(line.is_over()):
            raise Failure(f"It was too late, or the other device has gone. {UNCHANGED}")
        fate = devices.carry(call, link, signature)
        with suppress(LinkLost):
            runner.run(line.say(box.seal(4, REFUSED if fate is Fate.REFUSED else ADDED)))
    if fate is not Fate.REFUSED:
        name = device_id(request.key).hex()
        call.terminal.show({"device": name}, f"{name}  speaks for {device.handle}")
    return fate.ends


def _asked_by(
    call: Call,
    runner: asyncio.Runner,
    line: Meeting,
    box: Box,
    words: LinkWords,
    code: AccountCode,
) -> DeviceRequest:
    """What a new device asks with that knows the words; they are shown until then."""
    with call.private.shown(_written(code, words)) as seen:
        if not seen:
            said = "The words are shown at a terminal only; nothing was changed."
            raise Failure(said, Exit.USAGE)
        box.open(1, runner.run(line.hear()))
        runner.run(line.say(box.seal(2, code.packed)))
        request = pairing.unpack_request(box.open(3, runner.run(line.hear())))
    return request


def _written(code: AccountCode, words: LinkWords) -> list[str]:
    numbered = [f"{number} {word:9}" for number, word in enumerate(words.words, 1)]
    return [
        "Within two minutes, on the new device:",
        "",
        f"  hobnob link {address(code.host, code.port)}",
        "",
        "   ".join(numbered[:4]),
        "   ".join(numbered[4:]),
        "",
        f"The hub:  {fingerprint(code.hub)}",
        "",
        "Whoever learns the words can ask to be added. Waiting … (Ctrl+C ends it)",
    ]


# The new device.


def _come(call: Call) -> Exit:
    if call.profile.key.exists():
        said = "This profile has an account already; say --profile DIR for another."
        raise Failure(said, Exit.USAGE)
    place = recovering.parse_hub(call.words.where)
    file = call.words.words_file
    words = _from_file(paths.said(file)) if file else None
    hub = agreed(call, place, asked(place, recovering.hub_at(place)), "on the other device")
    box = (words or _typed(call)).box(hub)
    seed = keyring.new_seed()
    code = _let_in(call, place, hub, box, Ed25519Signer(seed))
    # This device reaches the hub at the address it was given, whatever the other one calls it.
    device = replace(pairing.device_of(code, seed), host=place.host, port=place.port)
    keyring.save(call.profile, device)
    channels = admitted(call, device, NOT_YET) or "no channel yet"
    record = {"hub": hub.hex(), "account": device.account.hex(), "handle": device.handle}
    call.terminal.show(record, f"You are {device.handle}, in {channels}.")
    return Exit.OK


def _let_in(call: Call, place: Place, hub: HubId, box: Box, signer: Ed25519Signer) -> AccountCode:
    """Ask at the slot, and wait until the person has said yes on the other device."""
    coming = meeting.at_slot(place.host, place.port, hub, box.slot, signer)
    unknown = (
        "Nobody waits by these words: they may be mistyped, used already, or older than two"
        " minutes. Nothing was changed."
    )
    with asyncio.Runner() as runner, _ends(unknown), _met(runner, coming) as line:
        runner.run(line.say(box.seal(1, b"")))
        code = pairing.unpack_account(box.open(2, runner.run(line.hear())))
        if code.hub != hub:
            raise ValueError("another hub")
        runner.run(line.say(box.seal(3, pairing.request(code, signer).packed)))
        shown = link_words.check(hub, code.account, signer.public_key)
        call.terminal.say(f"This device: {shown}")
        call.terminal.say("Say yes on the other device if it shows the same three words.")
        if box.open(4, runner.run(line.hear())) != ADDED:
            raise Failure("The other device has not added this one. Nothing was changed.")
    return code


def _typed(call: Call) -> LinkWords:
    for _ in range(TRIES):
        typed = call.private.ask(f"The {link_words.WORDS} words:")
        if typed is None:
            said = "There is no terminal to type the words at. Name a file: --words-file FILE"
            raise Failure(said, Exit.USAGE)
        try:
            return _read(typed)
        except ValueError as wrong:
            call.terminal.say(f"{wrong} Once more.")
    raise Failure("Those are not the words of a device.", Exit.USAGE)


def _from_file(path: Path) -> LinkWords:
    try:
        text = secret_file.read(path, WORDS_FILE_BYTES_MAX).decode("ascii")
        return _read(text)
    except FileNotFoundError as missing:
        raise Failure(f"There is no file {path}.", Exit.USAGE) from missing
    except ValueError as wrong:
        raise Failure(f"{path} does not hold the words of a device.", Exit.USAGE) from wrong


def _read(text: str) -> LinkWords:
    """Words as they were typed; ValueError saying which is none, but never what it was."""
    found = [paper.whole(word) for word in text.replace(",", " ").split()]
    wrong = [str(number) for number, word in enumerate(found, 1) if word is None]
    if wrong:
        raise ValueError(f"No word of the list: {', '.join(wrong)}.")
    if len(found) != link_words.WORDS:
        raise ValueError(f"Those are {len(found)} words, not {link_words.WORDS}.")
    return link_words.read(tuple(word for word in found if word is not None))


# Both.


@contextmanager
def _met(runner: asyncio.Runner, opening: Coroutine[Any, Any, Meeting]) -> Generator[Meeting]:
    """The line to the other device, as long as it is needed."""
    line = runner.run(opening)
    try:
        yield line
    finally:
        runner.run(line.close())


@contextmanager
def _ends(unknown: str) -> Generator[None]:
    """What may end a meeting, in words; `unknown` where the hub takes nothing for right."""
    try:
        yield
    except MeetingOver as over:
        if over.code == ByeCode.AUTH:
            raise Failure(unknown) from over
        known = next((end for code, end in _ENDS.items() if code == over.code), None)
        said, code = known or (f"The hub has ended it ({over.code}).", Exit.RETRY)
        raise Failure(f"{said} {UNCHANGED}", code) from over
    except (LinkLost, TimeoutError) as lost:
        why = str(lost) or "no answer in time"
        raise Failure(f"The hub is not reached ({why}). {UNCHANGED}", Exit.RETRY) from lost
    except ValueError as wrong:
        said = "What came was not sealed by these words, or is not what it must be."
        raise Failure(f"{said} {UNCHANGED}") from wrong
