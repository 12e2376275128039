"""`hobnob hub init`: make a hub without starting it, empty or from a template."""

import secrets
from argparse import ArgumentParser
from contextlib import closing
from hashlib import sha256

from hobnob_protocol.invite_link import InviteLink
from hobnob_server.app import MS_PER_HOUR
from hobnob_server.clock import SystemClock
from hobnob_server.commands.local import Call, LocalVerb, add_settings
from hobnob_server.commands.run import keep_link
from hobnob_server.datadir import write_private
from hobnob_server.errors import DONE, ConfigError
from hobnob_server.founding import found, settings_of
from hobnob_server.limits import INVITE_SECRET_BYTES, OWNER_INVITE_HOURS
from hobnob_server.place import TcpPlace, parse_place
from hobnob_server.printing import show
from hobnob_server.settings import commented
from hobnob_server.template import NAMES, Planting


def init(call: Call) -> int:
    """Make key, log and hub.toml; tell the owner's link."""
    directory = call.directory
    directory.make()
    config = call.config()
    if directory.database.exists():
        raise ConfigError(f"there is a hub in {directory.path} already")
    place = parse_place(config.address or config.listen)
    if not isinstance(place, TcpPlace):
        raise ConfigError("who comes through a proxy needs its name: set address")
    now_ms = SystemClock().wall_ms()
    answer: dict[str, object] = {"data": str(directory.path)}
    with directory.held():
        founded = found(directory, config, secrets.token_bytes, now_ms, settings_of(config))
        with closing(founded.store):
            planting = Planting(founded, now_ms)
            if call.given.template is not None:
                answer.update(planting.plant(call.given.template))
            secret = secrets.token_bytes(INVITE_SECRET_BYTES)
            ends_ms = now_ms + int(OWNER_INVITE_HOURS * MS_PER_HOUR)
            planting.invite(sha256(secret).digest(), ends_ms)
        if not directory.config.exists():
            write_private(directory.config, commented().encode(), replace=False)
    link = InviteLink(place.host, place.port, founded.hub, secret)
    if call.out.isatty():
        answer["owner_link"] = str(link)
    else:
        keep_link(call, link)
        answer["owner_link_file"] = str(directory.owner_link)
    show(answer, call.out, as_json=call.as_json)
    return DONE


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--template", choices=NAMES, help="channels and first words, so that nobody is alone"
    )
    add_settings(parser)


VERB = LocalVerb(
    "init",
    "Make a hub without starting it.",
    ("hobnob hub init --template guild", "hobnob hub init --data ~/guild --name 'The Guild'"),
    _arguments,
    init,
)
