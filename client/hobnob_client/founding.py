"""A new account, or a new device for an account: what `device.key` will hold."""

from dataclasses import replace

from hobnob_client.keyring import DeviceFile, new_seed
from hobnob_protocol.chain import genesis
from hobnob_protocol.crypto import Ed25519Signer
from hobnob_protocol.ids import account_id
from hobnob_protocol.invite_link import InviteLink
from hobnob_protocol.ssh.signed import SshSigner


def found(
    link: InviteLink,
    handle: str,
    ts_seconds: int,
    seed: bytes | None = None,
    ssh: SshSigner | None = None,
) -> DeviceFile:
    """An account of one device that joins by this invite; its `seed` is drawn here if none is
    given. An `ssh` key recovers it from the first moment on."""
    drawn = new_seed() if seed is None else seed
    first, signature = genesis(Ed25519Signer(drawn), link.hub, ts_seconds, ssh)
    return DeviceFile(
        host=link.host,
        port=link.port,
        hub=link.hub,
        account=account_id(first),
        handle=handle,
        seed=drawn,
        link=first,
        link_signature=signature,
        invite=link.invite,
    )


def again(device: DeviceFile, link: InviteLink) -> DeviceFile:
    """The same device with another invite, where the one before did not let it in."""
    return replace(device, host=link.host, port=link.port, invite=link.invite)
