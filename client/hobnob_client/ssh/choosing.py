"""Which SSH key is meant: one of the agent's, or one in a file."""

import os
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from hobnob_client import paths
from hobnob_client.failures import Exit, Failure
from hobnob_client.hidden import Ask
from hobnob_client.ssh import key_file
from hobnob_client.ssh.agent import Agent, AgentKey
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ssh.keys import RULES, read_key
from hobnob_protocol.ssh.signed import SshSigner
from hobnob_protocol.ssh.strings import Strings
from hobnob_protocol.value import value

PUBLIC: Final = ".pub"
PUBLIC_BYTES_MAX: Final = 16_384
SORTS: Final = ("ssh-", "ecdsa-", "sk-")
"""How the line of a public key begins; any other words are a comment."""
TOLD_MAX: Final = 8
"""Keys that are told of where several are meant; an agent of another machine may hold any number,
and call them what it likes."""
COMMENT_LETTERS: Final = 60
NO_AGENT: Final = (
    "There is no SSH agent here (SSH_AUTH_SOCK). Start one, or name a key by its file."
)


@value
class AgentSigner:
    """Signs by a key that an agent holds."""

    agent: Agent
    key: AgentKey

    @property
    def public_key(self) -> bytes:
        """As SSH writes it."""
        return self.key.public_key

    def sign(self, message: bytes) -> bytes:
        """Its signature of these bytes, as SSH writes it."""
        return self.agent.sign(self.key.public_key, message)


def choose(named: str, agent: Path | None, ask: Ask) -> SshSigner:
    """The key that `named` names: a file, a public key or its file, a fingerprint or a comment of
    one in the agent; nothing is the only one that the agent holds and hobnob takes. Failure where
    that is not one."""
    path = paths.said(named) if named else None
    # A key may be longer than a file's name: `Path.is_file` would raise.
    if path is not None and os.path.isfile(path):
        if path.suffix != PUBLIC:
            return _taken(key_file.load(path, ask))
        with path.open("rb") as file:
            blob = _public(file.read(PUBLIC_BYTES_MAX).decode("utf-8", "replace"))
        beside = path.with_suffix("")
        held = [] if agent is None else _held(agent)
        found = [each for each in held if each.public_key == blob]
        if not found and beside.is_file():
            signer = key_file.load(beside, ask)
            if signer.public_key != blob:
                raise Failure(f"{beside} is another key than {path}: name one.", Exit.USAGE)
            return _taken(signer)
        return _one(found, named)
    if agent is None:
        raise Failure(NO_AGENT, Exit.USAGE)
    held = _held(agent)
    if not named:
        usable = [each for each in held if _why_not(each.public_key) is None]
        return _one(usable, named)
    found = [each for each in held if named in (fingerprint(each.public_key), each.key.comment)]
    if not found and " " in named and named.startswith(SORTS):
        blob = _public(named)
        found = [each for each in held if each.public_key == blob]
    return _one(found, named)


def sort_of(public_key: bytes) -> str:
    """What SSH calls a key's sort."""
    return Strings(public_key).string().decode("ascii", "replace")


def is_touched(public_key: bytes) -> bool:
    """Does it sign only when somebody touches it?"""
    return read_key(public_key).is_touched


def fingerprint(public_key: bytes) -> str:
    """A key's name as ssh-keygen shows it."""
    digest = b64encode(sha256(public_key).digest()).decode().rstrip("=")
    return f"SHA256:{digest}"


def _held(agent: Path) -> list[AgentSigner]:
    there = Agent(agent)
    return [AgentSigner(there, key) for key in there.held()]


def _one(found: Sequence[AgentSigner], named: str) -> SshSigner:
    if len(found) == 1:
        return _taken(found[0])
    if not found:
        what = f"no key {named!r}" if named else "no key that hobnob takes"
        said = f"The SSH agent holds {what}: ssh-add -l lists what it has."
        raise Failure(said, Exit.USAGE)
    names = [
        f"{fingerprint(each.public_key)} ({each.key.comment[:COMMENT_LETTERS]})"
        for each in found[:TOLD_MAX]
    ]
    if len(found) > TOLD_MAX:
        names.append(f"and {len(found) - TOLD_MAX} more")
    told = ", ".join(names)
    raise Failure(
        f"Which of these? Name one by its fingerprint, comment or file. {told}", Exit.USAGE
    )


def _taken(signer: SshSigner) -> SshSigner:
    why = _why_not(signer.public_key)
    if why is not None:
        raise Failure(f"This SSH key is not taken: {why}.", Exit.USAGE)
    return signer


def _why_not(public_key: bytes) -> str | None:
    try:
        read_key(public_key)
    except ProtocolError as broken:
        return RULES[broken.rule]
    return None


def _public(text: str) -> bytes:
    """The key of a line as it stands in a `.pub` file."""
    parts = text.split()
    try:
        return b64decode(parts[1], validate=True)
    except (IndexError, Error, ValueError) as broken:
        raise Failure("That is no public key of SSH.", Exit.USAGE) from broken
