"""One database on a disk that loses power: images are drawn at each sync and after each commit."""

from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Final

from tests.contract.apsw_database import ApswDatabase
from tests.crash.disk import Disk
from tests.crash.history import History, Image, Watched, digest_of
from tests.crash.judging import Fault, Lost, Opened, judge
from tests.crash.vfs import LosingSystem

NAME: Final = "store.db"
CHECKPOINT_PAGES: Final = (2, 10, 60, 1_000)
"""After so many pages SQLite writes its journal back; 1,000 is what it does by itself."""
DRAWS_BEFORE_SYNC: Final = 3
"""Most can be lost then; after a commit one image tells whether it is there."""
RAM: Final = Path("/dev/shm")
"""Where there is such a thing, no disk has to work for ours."""


class Losing:
    """`images_max` are drawn and judged at most; `judged`, `lost` and `faults` tell of them."""

    def __init__(self, rng: Random, images_max: int, lie: str = "") -> None:
        self._rng = rng
        self._images_max = images_max
        self._waiting: list[Image] = []
        self.judged = 0
        self.behind = 0
        """Images that lacked a commit which was not promised to be durable."""
        self.lost: list[str] = []
        self.faults: list[str] = []
        ram = str(RAM) if RAM.is_dir() else None
        self.folder = Path(mkdtemp(prefix="hobnob-crash-", dir=ram))
        self._place = self.folder / "image"
        self._place.mkdir()
        self._disk = Disk()
        self._system = LosingSystem(f"losing-{id(self)}", self._disk, self._before_sync)
        database = ApswDatabase(str(self.folder / NAME), f"losing-{id(self)}")
        self.history = History(digest_of(database.query))
        database.query(f"PRAGMA wal_autocheckpoint = {rng.choice(CHECKPOINT_PAGES)}")
        self.database = Watched(database, self.history, lie)
        self.database.after_commit = self._draw

    def _before_sync(self) -> None:
        for _ in range(DRAWS_BEFORE_SYNC):
            self._draw()

    def _draw(self) -> None:
        if self.judged + len(self._waiting) < self._images_max:
            self._waiting.append(Image(self._disk.lose_power(self._rng), self.history))

    def judge(self, opened: Opened) -> None:
        """Look at the images drawn so far; to be called between two commits."""
        for image in self._waiting:
            self.judged += 1
            try:
                found = judge(image, self.history, NAME, self._place, opened)
                self.behind += found < image.newest - 1
            except Lost as lost:
                self.lost.append(str(lost))
            except Fault as fault:
                self.faults.append(str(fault))
        self._waiting.clear()

    def close(self) -> None:
        """Forget everything; the database is closed already."""
        self._system.unregister()
        for path in (*self._place.iterdir(), *self.folder.iterdir()):
            if path.is_file():
                path.unlink()
        self._place.rmdir()
        self.folder.rmdir()
