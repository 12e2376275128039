"""`hobnob hub backup`, `restore`, `reseed` and `check`: the log as a file."""

import secrets
from argparse import ArgumentParser
from pathlib import Path

from hobnob_protocol.crypto import Ed25519Signer
from hobnob_server import keyfile
from hobnob_server.checking import check
from hobnob_server.clock import SystemClock
from hobnob_server.commands.local import Call, LocalVerb
from hobnob_server.copying import backup, reseed, restore
from hobnob_server.errors import DONE, FAILED
from hobnob_server.founding import key_path, settings_of
from hobnob_server.printing import show


def make_backup(call: Call) -> int:
    """Copy the log into a new file."""
    show(backup(call.directory, Path(call.given.file)), call.out, as_json=call.as_json)
    return DONE


def restore_backup(call: Call) -> int:
    """Put a backup in the log's place."""
    call.directory.make()
    seed = keyfile.read(key_path(call.directory, call.config()))
    with call.directory.held():
        key = Ed25519Signer(seed.reveal()).public_key
        answer = restore(call.directory, Path(call.given.file), key)
    show(answer, call.out, as_json=call.as_json)
    call.talk.write(
        "The next start begins a new epoch and waits for an owner or a moderator, whose replica "
        "brings back what the backup lacks, before it lets others in; or use `hobnob hub reopen`.\n"
    )
    return DONE


def reseed_hub(call: Call) -> int:
    """Begin the log anew under the key that is left."""
    call.directory.make()
    config = call.config()
    signer = Ed25519Signer(keyfile.read(key_path(call.directory, config)).reveal())
    now_ms = SystemClock().wall_ms()
    with call.directory.held():
        answer = reseed(call.directory, signer, secrets.token_bytes, now_ms, settings_of(config))
    show(answer, call.out, as_json=call.as_json)
    call.talk.write(
        "Start the hub, ask owners and moderators to come on line first, and say `hobnob hub "
        "reopen`: from then on whoever was a member is let in, and their replicas bring back what "
        "they hold.\n"
    )
    return DONE


def check_log(call: Call) -> int:
    """Look whether the log is sound."""
    answer = check(call.directory)
    show(answer, call.out, as_json=call.as_json)
    return DONE if answer["sound"] else FAILED


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="where the backup is")


def _nothing(parser: ArgumentParser) -> None:
    del parser


VERBS = (
    LocalVerb(
        "backup",
        "Copy the whole log into a new file, while the hub runs.",
        ("hobnob hub backup ~/backups/guild-$(date +%F).db",),
        _file,
        make_backup,
    ),
    LocalVerb(
        "restore",
        "Put a backup in the place of the log; the hub must not run.",
        ("hobnob hub restore ~/backups/guild-2026-11-26.db",),
        _file,
        restore_backup,
    ),
    LocalVerb(
        "reseed",
        "Begin the log anew when all but the key is lost; members' replicas fill it.",
        ("hobnob hub reseed", "hobnob hub reseed --data ~/guild"),
        _nothing,
        reseed_hub,
    ),
    LocalVerb(
        "check",
        "Look whether the log is sound, from its files' rights to its last hash.",
        ("hobnob hub check", "hobnob hub check --json | jq .problems"),
        _nothing,
        check_log,
    ),
)
