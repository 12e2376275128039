"""`hobnob passphrase`: who finds the key cannot use it."""

from dataclasses import replace

from hobnob_client import keyring, paths
from hobnob_client.failures import Exit, Failure
from hobnob_client.lock import LinkLock
from hobnob_client.lockbox import Lock
from hobnob_client.verbs.call import Call


def run(call: Call) -> Exit:
    """Set, change or remove."""
    # Whoever has the link may write the key, and would write it as it was.
    link = LinkLock(call.profile.lock)
    before = call.device
    if not link.take():
        raise Failure("Another hobnob of this profile is running: close it first.", Exit.RETRY)
    try:
        if call.verb.action == "remove":
            return _remove(call, was_locked=before.is_locked)
        return _set(call)
    finally:
        link.release()


def _set(call: Call) -> Exit:
    call.signing()
    file = call.words.new_file
    _keep(call, call.unlocking.chosen(paths.said(file) if file else None))
    call.terminal.say("Locked. Nobody can tell you the passphrase: keep it where you will find it.")
    return Exit.OK


def _remove(call: Call, *, was_locked: bool) -> Exit:
    if not was_locked:
        call.terminal.say("No passphrase guards this device.")
        return Exit.OK
    _keep(call, None)
    call.terminal.say("Unlocked: whoever can read device.key can speak as you.")
    return Exit.OK


def _keep(call: Call, lock: Lock | None) -> None:
    keyring.save(call.profile, replace(call.signing(), lock=lock))
