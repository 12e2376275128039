"""`hobnob bot new`: an account for a program."""

import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hobnob_client import keyring
from hobnob_client.failures import Exit, Failure
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_client.verbs import join
from hobnob_client.verbs.call import Call


def run(call: Call) -> Exit:
    """Join with a fresh key, then keep that key in a file of its own for whoever runs the bot."""
    handle = join.checked(call.words.handle)
    path = Path(call.words.key or f"{handle}.key")
    if path.exists():
        raise Failure(f"{path} is there already and is left as it is.", Exit.USAGE)
    device = found(join.link_given(call), handle, int(time.time()))
    with TemporaryDirectory(prefix="hobnob-bot-") as directory:
        profile = Profile(Path(directory) / "profile")
        keyring.save(profile, device)
        join.admitted(replace(call, profile=profile), device)
        # As the hub has let it in: with the hub's key, without the invite.
        keyring.save_file(path, keyring.load(profile))
    call.terminal.say(f"An owner gives it a bot's budget: hobnob hub role {handle} bot")
    record = {"key": str(path), "account": device.account.hex(), "handle": handle}
    call.terminal.show(record, str(path))
    return Exit.OK
