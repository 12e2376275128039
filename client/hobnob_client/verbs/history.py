"""`hobnob device history`: hand what was opened here to another device of one's own.

A device that is added later can open nothing from before it, and no message asks for that: a person
does, on the device that has it, for one device alone.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from hobnob_client import paths
from hobnob_client.devices import named, own_chain
from hobnob_client.failures import Exit, Failure
from hobnob_client.giving import Gift
from hobnob_client.keyring import DeviceFile
from hobnob_client.lock import LinkLock
from hobnob_client.reading import Reader
from hobnob_client.replica import Replica
from hobnob_client.sealing.handing import Damaged, Signed, read_head, read_pieces
from hobnob_client.sealing.keys import KeyFile
from hobnob_client.sealing.tables import Handed, Tables
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.verbs.call import Call
from hobnob_protocol.account import Chain
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.sealing.keeping import SealKeys


def run(call: Call) -> Exit:
    """Write the file, or with --take take one."""
    words = call.words
    if words.take is not None:
        if words.device is not None:
            raise Failure("--take needs its file and nothing else.", Exit.USAGE)
        return _take(call, paths.said(words.take))
    if words.device is None or words.file is None:
        raise Failure("Say for which device, and into which file.", Exit.USAGE)
    return _give(call, paths.said(words.file))


# On the device that has it.


def _give(call: Call, path: Path) -> Exit:
    with call.reader() as reader:
        chain = own_chain(reader)
        taker = named((each.device for each in chain.active), call.words.device)
        called = reader.device_names().get(taker) or "no name"
    with Gift(call.profile, chain, call.device.author.device, taker) as gift:
        gift.record()
        count = gift.count
        say = call.terminal.say
        say(f"{count:,} texts of all your conversations, for this device of yours alone:")
        say(f"device {taker.hex()} ({called})")
        key = gift.taker.key.hex()
        say(f"fingerprint {key}; there, hobnob device list --json shows it as its key")
        _agreed(call)
        tell = call.terminal.progress
        written = gift.give(call.signing(), path, lambda done: tell(f"{done:,} of {count:,} texts"))
    call.terminal.show(
        {"file": str(path), "device": taker.hex(), "texts": written},
        f"{written:,} texts; on the new device: hobnob device history --take {path.name}",
    )
    return Exit.OK


def _agreed(call: Call) -> None:
    if call.words.yes:
        return
    answer = call.terminal.ask("Whoever holds that device can read them. Write the file? (yes/no)")
    if answer is None:
        raise Failure("Nobody is there to ask: say --yes.", Exit.USAGE)
    if answer.lower() not in ("y", "yes"):
        raise Failure("Nothing was written.")


# On the device that wants it.


def _take(call: Call, path: Path) -> Exit:
    device = call.signing()
    with call.reader() as reader, path.open("rb") as file:
        try:
            signed = read_head(file)
            _check(reader, device, own_chain(reader), signed)
            key = _opened(call, device, signed)
            body = file.tell()
            count = sum(len(piece) for piece in read_pieces(file, signed, key))
            lock = LinkLock(call.profile.lock)
            if not lock.take():
                said = "Another hobnob of this profile runs: close it, and say this again."
                raise Failure(said, Exit.RETRY)
            try:
                file.seek(body)
                shown = _lay(call, device, read_pieces(file, signed, key), count)
            finally:
                lock.release()
        except Damaged as broken:
            raise Failure(f"{path}: {broken}. Nothing was changed.", Exit.USAGE) from broken
    call.terminal.show(
        {"texts": count, "readable": shown}, f"{shown:,} of {count:,} texts new here"
    )
    return Exit.OK


def _check(reader: Reader, device: DeviceFile, chain: Chain, signed: Signed) -> None:
    """Is it for this device, by another one of its account?"""
    head = signed.head
    if (head.hub, head.account) != (device.hub, device.account):
        _refuse("it is of another account")
    if head.taker != device.author.device:
        _refuse(f"it is for the device {head.taker.hex()}, and this is another one")
    giver = chain.find(head.giver)
    if giver is None or not giver.active:
        _refuse(f"the device {head.giver.hex()} that wrote it does not speak for you")
    if not signed.is_by(giver.key, Ed25519Verifier()):
        _refuse("it is damaged, or not by the device that it names")


def _opened(call: Call, device: DeviceFile, signed: Signed) -> bytes:
    """The key of what stands in it."""
    stored = KeyFile(call.profile, device.seed).load()
    own = None if stored is None else SealKeys(stored).find(signed.head.kid)
    key = None if own is None else signed.key(own)
    if key is None:
        _refuse("it was sealed to a key this device has no more: have it written again")
    return key


def _refuse(why: str) -> NoReturn:
    raise Damaged(why)


def _lay(call: Call, device: DeviceFile, pieces: Iterator[tuple[Handed, ...]], count: int) -> int:
    """Keep the texts and lay out those whose events are here; how many are readable more."""
    replica = Replica.open(call.profile, device, Ed25519Verifier())
    store = SqliteReplicaStore.open_to_read(str(call.profile.replica))
    try:
        tables = Tables(store.sql)
        before, taken = tables.opened_count, 0
        for piece in pieces:
            replica.hand(piece)
            taken += len(piece)
            call.terminal.progress(f"{taken:,} of {count:,} texts taken")
        replica.own()
        while replica.lay_some() is not None:
            call.terminal.progress(f"{tables.opened_count - before:,} texts laid out")
        while replica.index_some():
            pass
        return tables.opened_count - before
    finally:
        store.close()
        replica.close()
