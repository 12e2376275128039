"""The file beside a replica in which a picture is kept: of one start, for whoever's it is alone."""

from contextlib import suppress

from hobnob_client import secret_file
from hobnob_client.failures import Failure
from hobnob_client.first_light.picture import BYTES_MAX, NoPicture, Picture, from_bytes, to_bytes
from hobnob_client.paths import Profile


def keep(profile: Profile, picture: Picture, stamp: str) -> None:
    """Keep a picture, readable by its user alone, whole or not at all. None where that fails: the
    next start shows what it has."""
    with suppress(OSError, NoPicture):
        secret_file.write(profile.picture, to_bytes(picture, stamp))


def found(profile: Profile, stamp: str | None, *, nerd_font: bool) -> Picture | None:
    """The picture that is kept, if it has this stamp; else there is none, and none is kept any
    more."""
    try:
        data = secret_file.read(profile.picture, BYTES_MAX + 1)
    except FileNotFoundError:
        return None
    except (OSError, Failure):
        data = b""
    try:
        if stamp is not None:
            return from_bytes(data, stamp, nerd_font=nerd_font)
    except NoPicture:
        pass
    profile.forget_picture()
    return None
