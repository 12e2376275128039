"""The account that imports: made by the hub's own invite, its key in the hub's directory.

It must not be a person: whoever imports may later edit or erase what was imported. It holds the
role `admin` only while it brings something, which is the least that may import; the hub gives and
takes it. In between it is a bot, as everybody can see.
"""

from functools import cached_property
from hashlib import sha256
from typing import Final

from hobnob_protocol import chain
from hobnob_protocol.crypto import KEY_BYTES, Ed25519Signer
from hobnob_protocol.event import Author
from hobnob_protocol.frames import Auth, Join
from hobnob_protocol.ids import DIRECTORY, AccountId, ReplicaId, account_id, device_id
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.login import sign_request
from hobnob_server import keyfile
from hobnob_server.datadir import DataDir
from hobnob_server.errors import ConfigError
from hobnob_server.founding import Entropy
from hobnob_server.interchange.stepper import Stepper
from hobnob_sync.hub_engine.inputs import Gone, Login, MakeInvite
from hobnob_sync.hub_engine.state import HubState

HANDLE: Final = "importer"
_HANDLES: Final = (HANDLE, *(f"{HANDLE}-{number}" for number in range(2, 10)))
_INVITE_MS: Final = 60_000
_SAID: Final = bytes(32)
"""There is no connection, so there is no transcript either: both sides are here."""
CONN: Final = 1
"""The number of the connection that is none."""


class ImporterAccount:
    """The account on one hub; `author` signs once it is `ready`."""

    def __init__(self, directory: DataDir, stepper: Stepper, entropy: Entropy) -> None:
        self._stepper: Final = stepper
        self._entropy: Final = entropy
        self._directory: Final = directory
        self.sent = 0
        self._ready: Author | None = None

    @cached_property
    def signer(self) -> Ed25519Signer:
        """Its device's key, drawn when it is first needed."""
        path = self._directory.importer_key
        seed = keyfile.read(path) if path.exists() else keyfile.create(path, self._entropy)
        return Ed25519Signer(seed.reveal())

    @property
    def author(self) -> Author:
        """Who signs, made and logged in on first use, and an admin from then on."""
        if self._ready is None:
            self._ready = self._log_in()
            self._stepper.act(DIRECTORY, RoleGrant(self._ready.account, "admin"))
        return self._ready

    def rest(self) -> None:
        """Nothing more to bring: a bot again, also where an import before was killed."""
        found = importer_of(self._directory, self._stepper.state)
        if found is not None and self._stepper.state.role(found) == "admin":
            self._stepper.act(DIRECTORY, RoleGrant(found, "bot"))
        if self._ready is not None:
            self._stepper.step([Gone(CONN)])
            self._ready = None

    def _log_in(self) -> Author:
        device = device_id(self.signer.public_key)
        found = self._stepper.state.accounts.author(device)
        replica = ReplicaId(self._entropy(8))
        if found is None:
            return self._join()
        wish = Auth(found.account, device, None, replica, None, None, bytes(64))
        self._stepper.step([Login(CONN, sign_request(_SAID, wish, self.signer), _SAID)])
        self.sent = self._stepper.state.devices[device].last_push_no
        return found

    def _join(self) -> Author:
        stepper, hub, now_ms = self._stepper, self._stepper.hub, self._stepper.now_ms()
        taken = stepper.state.accounts.account_of
        handle = next((one for one in _HANDLES if taken(one) is None), None)
        if handle is None:
            raise ConfigError(f"every handle from {HANDLE} to {_HANDLES[-1]} is taken")
        link, signature = chain.genesis(self.signer, hub, now_ms // 1_000)
        secret = self._entropy(KEY_BYTES)
        replica = ReplicaId(self._entropy(8))
        wish = Join(secret, link, signature, handle, None, replica, bytes(64))
        stepper.step([MakeInvite(sha256(secret).digest(), 1, now_ms + _INVITE_MS)])
        stepper.step([Login(CONN, sign_request(_SAID, wish, self.signer), _SAID)])
        key = self.signer.public_key
        author = Author(account_id(link), device_id(key), key)
        if stepper.state.accounts.chain(author.account) is None:
            raise ConfigError("the hub does not let its importer in: reopen it first")
        return author


def importer_of(directory: DataDir, state: HubState) -> AccountId | None:
    """The account that imports into this hub, where there is one."""
    if not directory.importer_key.exists():
        return None
    key = Ed25519Signer(keyfile.read(directory.importer_key).reveal()).public_key
    found = state.accounts.author(device_id(key))
    return None if found is None else found.account
