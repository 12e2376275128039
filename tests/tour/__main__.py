"""`make tour`: the pictures of the README, drawn anew from the screen as it is now.

`--snapshots` writes the text and the styles of the main screens instead, at three sizes in two
themes (`snapshots/`): look at what has changed.
"""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
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
SIZES: Final = ((40, 15), (80, 24), (200, 60))


def painted(profile: Profile, scene: Scene) -> Painted:
    """What stands on the screen when the keys of a scene were pressed."""
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
    return grid


def draw(folder: Path, scenes: Iterable[Scene], write: Callable[[Scene, Painted], None]) -> None:
    """Each scene on a replica of its own, so that none sees what another has done."""
    with world.hub(folder) as data:
        profile = world.member(data, folder / "mara")
        for scene in (each for each in scenes if not each.alone):
            write(scene, painted(_copy(profile, folder / "copy"), scene))
    for scene in (each for each in scenes if each.alone):
        write(scene, painted(_copy(profile, folder / "copy"), scene))


def _copy(profile: Profile, directory: Path) -> Profile:
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(profile.directory, directory)
    return Profile(directory)


def _picture(scene: Scene, grid: Painted) -> None:
    (PICTURES / f"{scene.name}.svg").write_text(svg(grid, scene.says))
    print(scene.name, flush=True)


def _strip(scene: Scene, grid: Painted) -> None:
    theme = "light" if scene.light else "dark"
    name = f"{scene.name}-{scene.columns}x{scene.lines}-{theme}.txt"
    (STRIPS / name).write_text(strips.told(grid))
    print(name, flush=True)


def main() -> int:
    """All of them, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.tour", description=__doc__)
    parser.add_argument("--snapshots", action="store_true")
    parser.add_argument("names", nargs="*", help="of scenes; all where none is given")
    given = parser.parse_args()
    scenes = SNAPSHOTS if given.snapshots else SCENES
    wanted = [each for each in scenes if not given.names or each.name in given.names]
    with TemporaryDirectory(prefix="hobnob-tour-") as folder:
        if given.snapshots:
            STRIPS.mkdir(exist_ok=True)
            each_size = [
                replace(scene, columns=columns, lines=lines, light=light)
                for scene in wanted
                for columns, lines in SIZES
                for light in (False, True)
            ]
            draw(Path(folder), each_size, _strip)
        else:
            PICTURES.mkdir(exist_ok=True)
            draw(Path(folder), wanted, _picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
