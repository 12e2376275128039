"""What comes before the screen is loaded: the terminal's ground, and the picture that stood there
when the screen was left, if nothing has changed since."""

import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime

from hobnob_client.config import Settings
from hobnob_client.config.zone import zone_of
from hobnob_client.first_light import kept
from hobnob_client.first_light.picture import Picture
from hobnob_client.first_light.stamp import Seen, stamp
from hobnob_client.first_light.standing import Standing, standing
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.tui.ground import is_dark_here
from hobnob_protocol.value import value

WHERE_LEFT = "last"
"""The setting `look.start` with which a start leads back."""


@value
class Light:
    """Is the terminal's ground dark, and what stands in it?"""

    dark: bool
    standing: Standing


@contextmanager
def lit(
    profile: Profile, device: DeviceFile, settings: Settings, environ: Mapping[str, str]
) -> Generator[Light]:
    """Light for a start of this device, which was unlocked; at the end the terminal is as before
    where nobody has taken it."""
    given, out = sys.stdin.fileno(), sys.stdout.fileno()
    dark = is_dark_here(environ, given, out)
    with standing(given, out) as place:
        picture = _picture(profile, device, settings, environ, dark=dark, out=out)
        if picture is not None:
            place.show(picture)
        yield Light(dark, place)


def _picture(
    profile: Profile,
    device: DeviceFile,
    settings: Settings,
    environ: Mapping[str, str],
    *,
    dark: bool,
    out: int,
) -> Picture | None:
    if not profile.picture.exists() or not os.isatty(out):
        return None
    day = datetime.now(zone_of(settings.times)).date()
    columns, lines = os.get_terminal_size(out)
    seen = Seen(profile, device, settings, environ, dark, (columns, lines), day)
    of_now = stamp(seen) if settings.start == WHERE_LEFT else None
    return kept.found(profile, of_now, nerd_font=settings.nerd_font)
