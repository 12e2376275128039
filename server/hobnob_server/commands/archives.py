"""`hobnob hub import` and `export`: a community as files."""

import secrets
from argparse import ArgumentParser
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from hobnob_protocol.limits import SOURCE_TEXT_MAX
from hobnob_server.clock import SystemClock
from hobnob_server.commands.local import Call, LocalVerb
from hobnob_server.datadir import PRIVATE_DIRECTORY
from hobnob_server.errors import DONE, FAILED, ConfigError
from hobnob_server.founding import Founded, found, settings_of
from hobnob_server.interchange.account import ImporterAccount, importer_of
from hobnob_server.interchange.cleaning import clean_line
from hobnob_server.interchange.exporting import Export
from hobnob_server.interchange.files import PACKINGS, Archive, archive_in, weigh
from hobnob_server.interchange.held import held_of
from hobnob_server.interchange.importing import Import
from hobnob_server.interchange.places import Places
from hobnob_server.interchange.report import Report
from hobnob_server.interchange.sink import IntoHub, Nowhere
from hobnob_server.interchange.stepper import Stepper
from hobnob_server.printing import show


def bring(call: Call) -> int:
    """Read an archive into a hub that does not run."""
    path = Path(call.given.archive)
    archive = archive_in(path)
    weigh(archive)
    source = clean_line(call.given.source or path.resolve().name, SOURCE_TEXT_MAX)
    if not source:
        raise ConfigError("say what the archive is called: --source NAME")
    clock = SystemClock()
    report = Report(call.talk, clock)
    dry = bool(call.given.dry_run)
    with _hub(call, clock, make=not dry) as founded:
        if dry:
            _try(call, archive, founded, source, report)
        else:
            _bring(call, archive, founded, source, report)
    show(report.answer(source, dry=dry), call.out, as_json=call.as_json)
    if report.found:
        return DONE
    call.talk.write(
        "hobnob hub: no line of this archive is a record, so nothing was imported. The manual, "
        "server/README.md, says under Archives what its files hold.\n"
    )
    return FAILED


def _try(call: Call, archive: Archive, founded: Founded, source: str, report: Report) -> None:
    """As it would be; nothing is written."""
    state = founded.boot(0).state
    with closing(held_of(state, founded.store, source)) as held:
        sink = Nowhere()
        places = Places(held, sink, state.names, auto_join=bool(call.given.auto_join))
        Import(archive, held, places, sink, report).run()


def _bring(call: Call, archive: Archive, founded: Founded, source: str, report: Report) -> None:
    if founded.fresh:
        call.talk.write("A new hub was made; `hobnob hub invite --owner` lets its owner in.\n")
    with closing(Stepper(founded, call.directory, report.clock)) as stepper:
        importer = ImporterAccount(call.directory, stepper, secrets.token_bytes)
        sink = IntoHub(stepper, importer, secrets.token_bytes)
        with closing(held_of(stepper.state, founded.store, source)) as held:
            places = Places(held, sink, stepper.state.names, auto_join=bool(call.given.auto_join))
            Import(archive, held, places, sink, report).run()
        importer.rest()


def write(call: Call) -> int:
    """Write a hub that does not run as an archive."""
    directory = Path(call.given.archive)
    directory.mkdir(PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise ConfigError(f"{directory} is not empty: an archive gets a directory of its own")
    with _hub(call, SystemClock(), make=False) as founded:
        state = founded.boot(0).state
        importer = importer_of(call.directory, state)
        export = Export(state, founded.store, call.given.packing, importer)
        answer = export.write(directory)
    show(answer, call.out, as_json=call.as_json)
    return DONE


@contextmanager
def _hub(call: Call, clock: SystemClock, *, make: bool) -> Generator[Founded]:
    """The hub of this call, held; ConfigError where it runs, or is not there and not to be made."""
    directory = call.directory
    if make:
        directory.make()
    elif not directory.database.exists():
        raise ConfigError(f"there is no hub in {directory.path}")
    config = call.config()
    with directory.held():
        settings = settings_of(config)
        founded = found(directory, config, secrets.token_bytes, clock.wall_ms(), settings)
        with closing(founded.store):
            yield founded


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("archive", metavar="DIR", help="where the archive's files are")
    parser.add_argument(
        "--source",
        metavar="NAME",
        help="what the archive is called; if not given, as its directory",
    )
    parser.add_argument(
        "--auto-join", action="store_true", help="put fresh members into the imported channels"
    )
    parser.add_argument("--dry-run", action="store_true", help="read and count, write nothing")


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("archive", metavar="DIR", help="an empty directory, or one to make")
    parser.add_argument(
        "--packing", choices=PACKINGS, default=PACKINGS[0], help="how the files are packed"
    )


VERBS = (
    LocalVerb(
        "import",
        "Bring an archive into the hub, which must not run; again, and only what is new comes.",
        (
            "hobnob hub import ~/archives/guild",
            "hobnob hub import --dry-run ~/archives/guild --json",
            "hobnob hub import ~/export-2026 --source old-guild --auto-join",
        ),
        _import_arguments,
        bring,
    ),
    LocalVerb(
        "export",
        "Write all public channels as an archive; the hub must not run.",
        ("hobnob hub export ~/archives/guild", "hobnob hub export ~/guild --packing zst"),
        _export_arguments,
        write,
    ),
)
