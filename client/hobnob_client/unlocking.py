"""The passphrase of a profile: from where it comes, and that it is asked for once a process.

It is typed at the terminal without being shown, or stands in a file that nobody else can read. It
is never an argument, and never in the environment.
"""

from pathlib import Path
from typing import Final

from hobnob_client import secret_file
from hobnob_client.failures import Exit, Failure
from hobnob_client.hidden import Ask
from hobnob_client.keyring import DeviceFile
from hobnob_client.lockbox import (
    PASSPHRASE_BYTES_MAX,
    PASSPHRASE_LETTERS_MIN,
    Lock,
    WrongPassphrase,
    lock_of,
    new_lock,
)

TRIES: Final = 3
"""Whoever has mistyped it so often looks for it first."""
FILE_OPTION: Final = "--passphrase-file FILE"


class Unlocking:
    """Unlocks the devices of one process. `file` holds the passphrase, None where it is asked
    for."""

    def __init__(self, ask: Ask, file: Path | None = None) -> None:
        self._ask = ask
        self._file = file
        self._lock: Lock | None = None

    def unlocked(self, device: DeviceFile) -> DeviceFile:
        """The device, able to sign. Failure where the passphrase is missing or wrong."""
        if not device.is_locked:
            return device
        try:
            return self._unlocked(device)
        except ValueError as broken:
            raise Failure("What the passphrase guards is damaged.", Exit.USAGE) from broken

    def _unlocked(self, device: DeviceFile) -> DeviceFile:
        if self._lock is not None:
            try:
                return device.unlocked(self._lock)
            except WrongPassphrase:
                # Another process has changed it meanwhile.
                self._lock = None
        if self._file is not None:
            return self._opened(device, from_file(self._file))
        question = f"Passphrase of {device.handle} on {device.address}:"
        for _ in range(TRIES):
            typed = self._ask(question)
            if typed is None:
                raise Failure(
                    "This device is locked by a passphrase, and there is no terminal to ask at."
                    f" Name a file that holds it: {FILE_OPTION}",
                    Exit.USAGE,
                )
            try:
                return self._opened(device, typed)
            except Failure:
                question = "That is not it. Passphrase:"
        raise _wrong()

    def _opened(self, device: DeviceFile, passphrase: str) -> DeviceFile:
        lock = lock_of(device.box, passphrase)
        try:
            found = device.unlocked(lock)
        except WrongPassphrase as wrong:
            raise _wrong() from wrong
        self._lock = lock
        return found

    def chosen(self, file: Path | None) -> Lock:
        """The lock of a new passphrase: out of `file`, or typed twice. Failure where it is too
        short, the two differ, or nobody answers."""
        if file is not None:
            return new_lock(_strong(from_file(file)))
        typed = self._ask(f"New passphrase (at least {PASSPHRASE_LETTERS_MIN} letters):")
        if typed is None:
            said = "There is no terminal to type a passphrase at. Name a file: --new-file FILE"
            raise Failure(said, Exit.USAGE)
        if self._ask("Once more:") != _strong(typed):
            raise Failure("The two differ; nothing was changed.", Exit.USAGE)
        return new_lock(typed)


def from_file(path: Path) -> str:
    """The passphrase in a file: its first line. Failure where others can read it."""
    try:
        data = secret_file.read(path, PASSPHRASE_BYTES_MAX + 1)
    except FileNotFoundError as missing:
        raise Failure(f"There is no file {path}.", Exit.USAGE) from missing
    try:
        if len(data) <= PASSPHRASE_BYTES_MAX:
            return data.decode("utf-8").split("\n")[0].rstrip("\r")
    except UnicodeDecodeError:
        pass
    raise Failure(f"{path} holds no passphrase: one line of text.", Exit.USAGE)


def _strong(passphrase: str) -> str:
    if len(passphrase) < PASSPHRASE_LETTERS_MIN:
        said = f"A passphrase has at least {PASSPHRASE_LETTERS_MIN} letters; take several words."
        raise Failure(said, Exit.USAGE)
    return passphrase


def _wrong() -> Failure:
    return Failure("The passphrase is not the one this device was locked with.", Exit.USAGE)
