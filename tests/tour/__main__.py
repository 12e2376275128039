"""`make tour`: the pictures of the README, drawn anew from the screen as it is now.

`--snapshots` writes the text and the styles of the main screens instead, at three sizes in two
themes (`snapshots/`): look at what has changed. `--check` draws them and writes nothing: it tells
every line that is another one than there, and ends with 1 where there is any.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hobnob_client.paths import Profile
from tests.terminal.looker import Looker
from tests.tour import strips, world
from tests.tour.painted import Painted
from tests.tour.scenes import SCENES, SNAPSHOTS, Scene
from tests.tour.svg import svg

ROOT: Final = Path(__file__).parents[2]
PICTURES: Final = ROOT / "client" / "tour"
STRIPS: Final = Path(__file__).parent / "snapshots"
SETTLED_SECONDS: Final = 1.5
"""Longer than what is looked up beside the screen takes, on a quiet machine."""
PATIENCE_SECONDS: Final = 10.0
"""So long a busy machine may take to draw what is kept."""
SIZES: Final = ((40, 15), (80, 24), (200, 60))


def painted(
    profile: Profile, scene: Scene, wanted: Callable[[Painted], bool] | None = None
) -> Painted:
    """What stands on the screen when the keys of a scene were pressed: as soon as it is as
    `wanted`, and where it never is, or nothing is, once it has been still for a while. Colours of
    code and what is counted come last, and late on a busy machine."""
    grid = Painted(scene.columns, scene.lines)
    told = [word for word, holds in (("light", scene.light), ("still", scene.still)) if holds]
    program = ("tests.tour.stand", str(profile.directory), *told)
    with Looker(profile, scene.columns, scene.lines, program=program, grid=grid) as one:
        one.until_seen("Channels")
        one.until_still()
        if not scene.alone:
            one.until_seen("online")
        one.until_still()
        scene.acts(one)
        if wanted is None:
            one.until_still(SETTLED_SECONDS)
        else:
            end = time.monotonic() + PATIENCE_SECONDS
            one.until(lambda: wanted(grid) or time.monotonic() > end)
    return grid


def draw(
    folder: Path,
    scenes: Iterable[Scene],
    write: Callable[[Scene, Painted], None],
    wanted: Callable[[Scene, Painted], bool] | None = None,
) -> None:
    """Each scene on a replica of its own, so that none sees what another has done."""

    def drawn(scene: Scene) -> Painted:
        wants = None if wanted is None else partial(wanted, scene)
        return painted(_copy(profile, folder / "copy"), scene, wants)

    with world.hub(folder) as data:
        profile = world.member(data, folder / "mara")
        for scene in (each for each in scenes if not each.alone):
            write(scene, drawn(scene))
    for scene in (each for each in scenes if each.alone):
        write(scene, drawn(scene))


def _copy(profile: Profile, directory: Path) -> Profile:
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(profile.directory, directory)
    return Profile(directory)


def _picture(scene: Scene, grid: Painted) -> None:
    (PICTURES / f"{scene.name}.svg").write_text(svg(grid, scene.says))
    print(scene.name, flush=True)


def _strip(scene: Scene, grid: Painted) -> None:
    (STRIPS / _named(scene)).write_text(strips.told(grid))
    print(_named(scene), flush=True)


def _named(scene: Scene) -> str:
    theme = "light" if scene.light else "dark"
    return f"{scene.name}-{scene.columns}x{scene.lines}-{theme}.txt"


class Check:
    """Compares what is drawn with what is kept in `folder`; every difference is told in `wrong`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.wrong: list[str] = []

    def is_same(self, scene: Scene, grid: Painted) -> bool:
        """Is it drawn as it is kept?"""
        return strips.told(grid) == self._kept(scene)

    def _kept(self, scene: Scene) -> str:
        path = self._folder / _named(scene)
        return path.read_text() if path.exists() else ""

    def __call__(self, scene: Scene, grid: Painted) -> None:
        """One more is drawn."""
        path = self._folder / _named(scene)
        found = strips.differences(path.name, self._kept(scene), strips.told(grid))
        self.wrong += found
        print(f"{path.name}: {'another' if found else 'the same'}", flush=True)


def main() -> int:
    """All of them, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.tour", description=__doc__)
    parser.add_argument("--snapshots", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("names", nargs="*", help="of scenes; all where none is given")
    given = parser.parse_args()
    strips_alone = given.snapshots or given.check
    scenes = SNAPSHOTS if strips_alone else SCENES
    wanted = [each for each in scenes if not given.names or each.name in given.names]
    with TemporaryDirectory(prefix="hobnob-tour-") as folder:
        if strips_alone:
            STRIPS.mkdir(exist_ok=True)
            check = Check(STRIPS)
            each_size = [
                replace(scene, columns=columns, lines=lines, light=light)
                for scene in wanted
                for columns, lines in SIZES
                for light in (False, True)
            ]
            if given.check:
                draw(Path(folder), each_size, check, check.is_same)
            else:
                draw(Path(folder), each_size, _strip)
            print("\n".join(check.wrong))
            return 1 if check.wrong else 0
        PICTURES.mkdir(exist_ok=True)
        draw(Path(folder), wanted, _picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
