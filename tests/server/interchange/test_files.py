"""The files of an archive, plain and packed, whole and broken."""

import gzip
import io
import os
import secrets
import sys
from collections.abc import Generator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import zstandard

from hobnob_server.errors import MISUSED, ConfigError
from hobnob_server.interchange.files import PACKINGS, Bounds, archive_in, lines
from hobnob_server.interchange.runs import Kept, Runs
from hobnob_server.limits import RECORD_BYTES_MAX, UNPACKED_RATIO_MAX
from tests.server.interchange.scene import Hub, counts, message, written


def packed(path: Path, packing: str) -> None:
    """Pack each file of an archive."""
    for file in list(path.iterdir()):
        data = file.read_bytes()
        data = gzip.compress(data) if packing == "gz" else zstandard.compress(data)
        file.with_name(f"{file.name}.{packing}").write_bytes(data)
        file.unlink()


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_packed_files_are_read(hub: Hub, tmp_path: Path, packing: str) -> None:
    """As if they were not."""
    path = written(tmp_path / "a", [message("1", 1), message("2", 2)])
    packed(path, packing)
    told = hub.told("import", str(path))
    assert [counts(told, sort)[0] for sort in ("members", "channels", "messages")] == [2, 1, 2]


@pytest.mark.parametrize("packing", PACKINGS)
def test_an_export_may_be_packed(hub: Hub, tmp_path: Path, packing: str) -> None:
    """It is read again, for this user alone, and nothing else is left beside it."""
    hub.told("import", str(written(tmp_path / "a", [message("1", 1)])))
    hub.told("export", str(tmp_path / "b"), "--packing", packing)
    ending = "" if packing == "none" else f".{packing}"
    files = sorted((tmp_path / "b").iterdir())
    assert [file.name for file in files] == [
        f"{name}.jsonl{ending}" for name in ("channels", "members", "messages")
    ]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    told = Hub(tmp_path / "other").told("import", str(tmp_path / "b"))
    assert counts(told, "messages") == (1, 0, 0)


def test_an_export_overwrites_nothing(hub: Hub, tmp_path: Path) -> None:
    """It gets a directory of its own."""
    hub.told("init")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").touch()
    assert hub.call("export", str(tmp_path / "mine")) == MISUSED
    assert "is not empty" in hub.talk


def test_messages_may_lie_in_several_files(hub: Hub, tmp_path: Path) -> None:
    """They are merged by time, in order or not."""
    path = written(tmp_path / "a", [message("1", 1), message("4", 4)])
    (path / "messages.jsonl").rename(path / "messages-2018.jsonl")
    written(path, [message("3", 3), message("2", 2)])
    hub.told("import", str(path))
    assert list(hub.imported("garden")) == ["1", "2", "3", "4"]


def test_a_file_that_ends_too_soon_gives_what_it_has(hub: Hub, tmp_path: Path) -> None:
    """And its end is told."""
    rows = [message(f"{nth:05}", nth, f"line {nth * 7919 % 1_000}") for nth in range(3_000)]
    path = written(tmp_path / "a", rows)
    packed(path, "gz")
    file = path / "messages.jsonl.gz"
    file.write_bytes(file.read_bytes()[:-2_000])
    told = hub.told("import", str(path))
    added, _, bad = counts(told, "messages")
    assert 1_000 < added < 3_000
    assert bad in (1, 2)
    assert "the file ends here" in hub.talk


def zeros(packing: str, size_bytes: int) -> bytes:
    """So many zeros, packed: made in pieces, as they would fill memory."""
    piece = bytes(1 << 20)
    if packing == "gz":
        made = io.BytesIO()
        with gzip.GzipFile(fileobj=made, mode="wb", mtime=0) as gz:
            for _ in range(size_bytes >> 20):
                gz.write(piece)
        return made.getvalue()
    zst = zstandard.ZstdCompressor().compressobj()
    return b"".join([*(zst.compress(piece) for _ in range(size_bytes >> 20)), zst.flush()])


@pytest.mark.parametrize("packing", ["gz", "zst"])
@pytest.mark.parametrize("name", ["members", "channels", "messages"])
def test_a_bomb_is_refused_before_anything_is_made_of_it(
    hub: Hub, tmp_path: Path, packing: str, name: str
) -> None:
    """Some ten kilobytes that would be sixty megabytes; it is said what can be done."""
    path = written(tmp_path / "a", [message("1", 1)])
    packed(path, packing)
    bomb = zeros(packing, 64 << 20)
    assert len(bomb) < 100_000
    (path / f"{name}.jsonl.{packing}").write_bytes(bomb)
    assert hub.call("import", str(path)) == MISUSED
    assert f"{name}.jsonl.{packing} unpacks to more than 100 times its size" in hub.talk
    assert "unpack it first" in hub.talk
    assert not hub.path.exists()


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_a_bomb_behind_honest_lines_is_refused_too(tmp_path: Path, packing: str) -> None:
    """What came before it is little beside it; no more than its bound is read."""
    file = tmp_path / f"messages.jsonl.{packing}"
    honest = b"".join(secrets.token_hex(500).encode() + b"\n" for _ in range(100))
    head = gzip.compress(honest) if packing == "gz" else zstandard.compress(honest)
    file.write_bytes(head + zeros(packing, 64 << 20))
    read = lines(file)
    assert b"".join(line or b"" for line in islice(read, 100)) == honest
    with pytest.raises(ConfigError, match="100 times"):
        next(read)


def test_a_small_archive_may_repeat_itself(hub: Hub, tmp_path: Path) -> None:
    """Ten thousand times the same word pack to less than a hundredth, and harm nobody."""
    rows = [message(f"{nth:05}", 1, "hello " * 1_000) for nth in range(500)]
    path = written(tmp_path / "a", rows)
    whole = (path / "messages.jsonl").stat().st_size
    packed(path, "zst")
    assert whole > UNPACKED_RATIO_MAX * (path / "messages.jsonl.zst").stat().st_size
    assert counts(hub.told("import", str(path)), "messages") == (500, 0, 0)


def test_more_than_a_packed_file_may_hold_is_refused(tmp_path: Path) -> None:
    """However well it is packed; what is not packed is read whatever its size."""
    plain = tmp_path / "messages.jsonl"
    plain.write_bytes(b"hello\n" * 4_000)
    gz = tmp_path / "messages-more.jsonl.gz"
    gz.write_bytes(gzip.compress(plain.read_bytes()))
    bounds = Bounds(size_bytes=20_000, ratio=1_000_000, free_bytes=10_000)
    with pytest.raises(ConfigError, match=r"messages-more\.jsonl\.gz unpacks to more than 20,000"):
        list(lines(gz, bounds))
    assert len(list(lines(plain, bounds))) == len(list(lines(gz))) == 4_000


def test_a_line_that_is_too_long_is_bad(hub: Hub, tmp_path: Path) -> None:
    """Its end is found again; memory is not."""
    long = message("2", 2, "x" * (RECORD_BYTES_MAX + 10))
    path = written(tmp_path / "a", [message("1", 1), long, message("3", 3)])
    told = hub.told("import", str(path))
    assert counts(told, "messages") == (2, 0, 1)
    assert "messages.jsonl:2: the line is too long" in hub.talk


def test_what_is_no_archive_is_refused(hub: Hub, tmp_path: Path) -> None:
    """No directory, no messages, or two files of one name; nothing is made of it."""
    assert hub.call("import", str(tmp_path / "nowhere")) == MISUSED
    (tmp_path / "empty").mkdir()
    assert hub.call("import", str(tmp_path / "empty")) == MISUSED
    path = written(tmp_path / "a", [])
    (path / "members.jsonl.gz").touch()
    assert hub.call("import", str(path)) == MISUSED
    assert "which of them?" in hub.talk
    assert not hub.path.exists()


def test_other_files_are_no_part_of_it(tmp_path: Path) -> None:
    """An archive may have more beside."""
    path = written(tmp_path / "a", [])
    for name in ("skeleton.jsonl", "facts.json", "messages.txt", "xmessages.jsonl"):
        (path / name).touch()
    found = archive_in(path)
    assert [file.name for file in found.messages] == ["messages.jsonl"]


def test_the_library_for_zst_is_named_where_it_is_missing(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to install."""
    path = written(tmp_path / "a", [message("1", 1)])
    packed(path, "zst")
    monkeypatch.setitem(sys.modules, "zstandard", None)
    assert hub.call("import", str(path)) == MISUSED
    assert "pip install 'hobnob[import]'" in hub.talk


def test_more_lines_than_fit_into_memory_are_sorted() -> None:
    """In runs on the disk, which are merged."""
    runs = Runs()
    large = b"x" * 1_000_000
    names = [f"{nth * 37 % 100:03}" for nth in range(100)]
    for nth, name in enumerate(names):
        runs.add(Kept((float(nth % 3), name), nth, large))
    found = [kept.order for kept in runs]
    assert found == sorted((float(nth % 3), name) for nth, name in enumerate(names))


@contextmanager
def nobody_special() -> Generator[None]:
    """Who runs the suite as root may read everything; not in here."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    yield
    if root:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_ends_an_import_before_it_begins() -> None:
    """Else it would look like an archive with nothing in it."""
    with TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        file = Path(directory) / "messages.jsonl"
        file.touch(0o600)
        assert archive_in(Path(directory)).messages == (file,)
        file.chmod(0)
        with nobody_special(), pytest.raises(ConfigError, match=r"messages\.jsonl cannot be read"):
            archive_in(Path(directory))
