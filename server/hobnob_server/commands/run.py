"""`hobnob hub run`: start here, stop with SIGTERM."""

import asyncio
import json
from argparse import ArgumentParser
from contextlib import suppress

from hobnob_protocol.invite_link import InviteLink
from hobnob_server.app import App
from hobnob_server.clock import SystemClock
from hobnob_server.commands.local import Call, LocalVerb, add_settings
from hobnob_server.control.server import ControlServer
from hobnob_server.datadir import write_private
from hobnob_server.errors import DONE, ConfigError
from hobnob_server.logs import Log
from hobnob_server.settings import Config


def run(call: Call) -> int:
    """Until the process is told to stop."""
    call.directory.make()
    config = call.config()
    with call.directory.held():
        asyncio.run(_serve(call, config))
    return DONE


async def _serve(call: Call, config: Config) -> None:
    clock = SystemClock()
    log = Log(call.talk, clock, config.log_level, config.log_format)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: _tell(log, context))
    app = App(config, call.directory, clock, log)
    control = ControlServer(app)
    await app.start()
    try:
        await control.open()
    except ConfigError:
        await app.drain()
        raise
    _announce(call, app)
    await app.run(control.close)


def _tell(log: Log, context: dict[str, object]) -> None:
    """What a callback of the loop raised: a fault of ours; its values stay out of the log."""
    fault = context.get("exception")
    log.error("loop", message=str(context.get("message")), error=type(fault).__name__)


def _announce(call: Call, app: App) -> None:
    """Where the hub listens, for whoever started it; the owner's link only for eyes."""
    link = app.owner_invite
    shown: dict[str, str] = {"listen": str(app.place)}
    if link is not None:
        if call.out.isatty():
            shown["owner_link"] = str(link)
        else:
            keep_link(call, link)
            shown["owner_link_file"] = str(call.directory.owner_link)
    if call.as_json:
        call.out.write(json.dumps(shown) + "\n")
    else:
        call.out.write("".join(f"{name}: {value}\n" for name, value in shown.items()))
    with suppress(OSError):
        call.out.flush()


def keep_link(call: Call, link: InviteLink) -> None:
    """The owner's link in a file of its own: a log or a pipe is no place for it."""
    write_private(call.directory.owner_link, f"{link}\n".encode(), replace=True)


def _arguments(parser: ArgumentParser) -> None:
    add_settings(parser)


VERB = LocalVerb(
    "run",
    "Run a hub; the first start makes it and an invite for its owner.",
    (
        "hobnob hub run",
        "hobnob hub run --data ~/guild --listen 127.0.0.1:4626",
        "hobnob hub run --listen 0.0.0.0:4626 --tls-cert chain.pem --tls-key key.pem",
        "hobnob hub run --listen unix:/run/hobnob/hub.sock --address chat.example.org",
    ),
    _arguments,
    run,
)
