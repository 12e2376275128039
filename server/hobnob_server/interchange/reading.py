"""The small files of an archive: members and channels, line by line."""

from collections.abc import Callable, Iterator
from pathlib import Path

from hobnob_server.interchange.files import BrokenFile, lines
from hobnob_server.interchange.records import BadRecord, Record, parse
from hobnob_server.interchange.report import Counts, Report
from hobnob_server.interchange.sink import Origin


def records(
    paths: tuple[Path, ...], check: Callable[[Record], None], counts: Counts, report: Report
) -> Iterator[tuple[Origin, Record]]:
    """The records of some files that are what they should be, each id once; bad ones are told."""
    seen: set[str] = set()
    for path in paths:
        number = 0
        try:
            for number, data in enumerate(lines(path), 1):
                if data is not None and not data.strip():
                    continue
                origin = Origin(path.name, number)
                try:
                    record = parse(data)
                    check(record)
                    if record["id"] in seen:
                        raise BadRecord("its id was there before")
                except BadRecord as bad:
                    report.bad(counts, origin, str(bad))
                    continue
                seen.add(record["id"])
                yield origin, record
        except BrokenFile as broken:
            report.bad(counts, Origin(path.name, number + 1), f"the file ends here: {broken}")
