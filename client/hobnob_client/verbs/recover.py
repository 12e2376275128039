"""`hobnob recover ...`: 24 words on paper, or an SSH key, by which whoever has lost all devices
comes back."""

import asyncio
import time
from collections.abc import Coroutine
from random import SystemRandom
from typing import Any, Final, TypeVar

from hobnob_client import keyring, paper, recovering
from hobnob_client.devices import checked, own_chain
from hobnob_client.failures import Exit, Failure
from hobnob_client.keyring import DeviceFile
from hobnob_client.paper import Paper
from hobnob_client.recovering import Place
from hobnob_client.verbs import device as devices
from hobnob_client.verbs import recover_ssh
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.delivery import Fate
from hobnob_client.verbs.join import admitted, fingerprint
from hobnob_protocol import chain as chains
from hobnob_protocol.ids import HubId, device_id
from hobnob_protocol.invite_link import base32
from hobnob_protocol.limits import PAPER_KEYS_MAX

T = TypeVar("T")

PAPER_WORD: Final = "paper"
"""What is said to make a sheet; no handle with a host looks like it."""
ASKED_BACK: Final = 2
TRIES: Final = 3
AT_ONCE: Final = 6
YES: Final = ("y", "yes")
MEANWHILE: Final = "The account has changed just now: say it again."
_COLUMNS: Final = 4


def run(call: Call) -> Exit:
    """Make a sheet of paper, or come back by one."""
    if call.words.where == PAPER_WORD:
        return _paper(call)
    place = recovering.parse(call.words.where)
    present = call.signing() if call.profile.key.exists() else None
    if present is not None and not present.invite:
        said = "This profile has an account already; say --profile DIR for another."
        raise Failure(said, Exit.USAGE)
    if present is not None and recovering.is_coming_back(present):
        at = asked(place, recovering.located(place, present.hub, present.signer))
        if at is not None:
            return _back(call, recover_ssh.seated(present, place, at))
        call.terminal.say(recover_ssh.GONE)
    if call.words.ssh is None:
        return _back(call, _by_paper(call, place))
    hub = agreed(call, place, asked(place, recovering.hub_at(place)), "of your hub")
    return _back(call, recover_ssh.named(call, place, hub, asked))


def _paper(call: Call) -> Exit:
    device = call.signing()
    with call.reader() as reader:
        chain = own_chain(reader)
    if sum(key.active for key in chain.recovery) >= PAPER_KEYS_MAX:
        said = f"There are {PAPER_KEYS_MAX} sheets already; end one: hobnob device revoke ID"
        raise Failure(f"{said} (hobnob device list shows them).")
    sheet = paper.draw()
    if not call.private.show_once(_written(device, sheet), "Once it is on paper, press Enter."):
        raise Failure("The words are shown at a terminal only; nothing was changed.", Exit.USAGE)
    _ask_back(call, sheet)
    signer = sheet.signer
    link, signature = chains.name_recovery(chain, device.signer, signer, int(time.time()))
    checked(chain, link, signature)
    fate = devices.carry(call, link, signature)
    if fate is not Fate.REFUSED:
        name = device_id(signer.public_key).hex()
        since = "from now on" if fate is Fate.SENT else "once the hub has heard of it"
        said = f"The sheet is good {since}. Whoever finds it can add a device to your account."
        call.terminal.say(said)
        place = f"{device.handle}@{device.address}/#{base32(device.hub)}"
        call.terminal.say(f"With the hub's whole name, no secret: hobnob recover '{place}'")
        call.terminal.show({"device": name, "sort": "paper"}, f"{name}  24 words on paper")
    return fate.ends


def _written(device: DeviceFile, sheet: Paper) -> list[str]:
    """What belongs on the sheet."""
    numbered = [f"{number:2} {word:9}" for number, word in enumerate(sheet.words, 1)]
    rows = len(numbered) // _COLUMNS
    lines = ["   ".join(numbered[row::rows]) for row in range(rows)]
    return [
        "Write this on paper. It is shown this once, and kept nowhere.",
        "",
        *lines,
        "",
        f"On a new device:  hobnob recover {device.handle}@{device.address}",
        f"The hub:          {fingerprint(device.hub)}",
    ]


def _ask_back(call: Call, sheet: Paper) -> None:
    """Is it on paper? Two of the words say so."""
    for place in sorted(SystemRandom().sample(range(paper.WORDS), ASKED_BACK)):
        for _ in range(TRIES):
            answer = call.private.ask(f"Word {place + 1}:")
            if answer is not None and answer.strip().lower() == sheet.words[place]:
                break
            call.terminal.say("That is not it.")
        else:
            raise Failure("Those were other words: nothing was changed. Begin again.", Exit.USAGE)


def _by_paper(call: Call, place: Place) -> DeviceFile:
    """A new device that the words add."""
    hub = agreed(call, place, asked(place, recovering.hub_at(place)), "on your sheet")
    sheet = _typed(call)
    at = asked(place, recovering.located(place, hub, sheet.signer))
    if at is None:
        raise Failure(
            f"The hub knows no such words for {place.handle!r}. They may be another sheet's, or"
            " revoked, or the handle mistyped: a hub does not tell strangers which."
        )
    return recovering.device_of(place, hub, at, sheet.signer, keyring.new_seed())


def _back(call: Call, device: DeviceFile) -> Exit:
    """On the new device: come in by its link, and end what is lost."""
    keyring.save(call.profile, device)
    channels = admitted(call, device, MEANWHILE) or "no channel yet"
    record = {"hub": device.hub.hex(), "account": device.account.hex(), "handle": device.handle}
    call.terminal.show(record, f"You are {device.handle} again, in {channels}.")
    return _end_the_lost(call)


def asked(place: Place, question: Coroutine[Any, Any, T]) -> T:
    """What the hub answers; Failure where it cannot be asked."""
    from hobnob_client.link import LinkLost

    try:
        return asyncio.run(question)
    except (LinkLost, TimeoutError) as lost:
        why = str(lost) or "no answer in time"
        said = f"The hub at {place.host} is not reached ({why}); say it again later."
        raise Failure(said, Exit.RETRY) from lost


def agreed(call: Call, place: Place, hub: HubId, where: str) -> HubId:
    """The hub that answers, once the person has compared it with the one that stands `where`."""
    call.terminal.say(f"hub {place.host}, whose fingerprint is {fingerprint(hub)}")
    if place.hub is None:
        answer = call.private.ask(f"Is that the fingerprint {where} (yes or no)?")
        if answer is None:
            said = "There is no terminal to ask at; name the hub with its address: HOST/#HUB"
            raise Failure(said, Exit.USAGE)
        if answer.strip().lower() not in YES:
            raise Failure("Another hub answers there: nothing was done.", Exit.USAGE)
    return hub


def _typed(call: Call) -> Paper:
    """The sheet whose words are typed, six at a time, as they are asked for."""
    for _ in range(TRIES):
        words: list[str] = []
        while len(words) < paper.WORDS:
            words += _some(call, len(words))
        try:
            return paper.read(tuple(words))
        except ValueError:
            call.terminal.say("One of the words is another one: they do not belong together.")
    raise Failure("Those are not the words of a sheet.", Exit.USAGE)


def _some(call: Call, typed: int) -> list[str]:
    """The next words, whole; none where one is no word, so that all of them are asked for again."""
    answer = call.private.ask(f"Words {typed + 1} to {typed + AT_ONCE}:")
    if answer is None:
        raise Failure("The words are typed at a terminal; there is none.", Exit.USAGE)
    found = [paper.whole(word) for word in answer.replace(",", " ").split()]
    wrong = [str(typed + number) for number, word in enumerate(found, 1) if word is None]
    if wrong:
        call.terminal.say(f"No word of the list: {', '.join(wrong)}. Once more.")
    elif len(found) != AT_ONCE:
        call.terminal.say(f"Those are {len(found)} words, not {AT_ONCE}. Once more.")
    else:
        return [word for word in found if word is not None]
    return []


def _end_the_lost(call: Call) -> Exit:
    """The other devices speak for the account until somebody ends them."""
    device = call.signing()
    with call.reader() as reader:
        chain = own_chain(reader)
    lost = [each for each in chain.active if each.device != device.author.device]
    if not lost:
        return Exit.OK
    for each in lost:
        call.terminal.say(f"another device: {each.device.hex()}")
    answer = call.private.ask("Are these lost? yes ends them all; no leaves them:")
    if answer is None or answer.strip().lower() not in YES:
        call.terminal.say("They stay; end one with: hobnob device revoke ID")
        return Exit.OK
    ended = Exit.OK
    for each in lost:
        link, signature = chains.revoke(chain, device.signer, each.device, int(time.time()))
        chain = checked(chain, link, signature)
        ended = max(ended, devices.carry(call, link, signature).ends)
    return ended
