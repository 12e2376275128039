"""`python -m tests.tour.stand PROFILE [light] [still]`: the screen on the day of the pictures."""

import sys
from datetime import UTC
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.collecting import collect_seldom
from hobnob_client.config import Loaded, Settings
from hobnob_client.paths import Profile
from hobnob_client.tui.app import HobnobApp
from tests.tour.world import TODAY


def main() -> int:
    """Until it is left."""
    profile = Profile(Path(sys.argv[1]))
    collect_seldom()
    given = sys.argv[2:]
    dark, connect = "light" not in given, "still" not in given
    device = keyring.load(profile)
    app = HobnobApp(
        profile,
        device,
        connect=connect,
        dark=dark,
        zone=UTC,
        today=TODAY,
        # The pictures show where settings are kept: each time the same place.
        loaded=Loaded(Path("/dev/null"), Settings(), {}),
    )
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
