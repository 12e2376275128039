"""As much of an IRC server as one client needs to sit in its channels and be talked to."""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Final

LINE_BYTES_MAX: Final = 400
"""Of a text: what a line of IRC has room for."""
CHANNELS: Final = ("#general", "#room")


class IrcServer:
    """On a port of the loopback, for one client after the other."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: Final[int] = self._listening.getsockname()[1]
        self._client: socket.socket | None = None
        Thread(target=self._serve, name="irc", daemon=True).start()

    def say(self, who: str, text: str) -> None:
        """Somebody says something in the first channel."""
        client = self._client
        if client is not None:
            said = " ".join(text.split()).encode()[:LINE_BYTES_MAX].decode(errors="ignore")
            line = f":{who}!{who}@bench.example PRIVMSG {CHANNELS[0]} :{said}\r\n"
            with suppress(OSError):  # It may have left.
                client.sendall(line.encode())

    def close(self) -> None:
        """Nobody comes any more."""
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with suppress(OSError):
                    self._attend(client)

    def _attend(self, client: socket.socket) -> None:
        nick, rest = "reader", b""

        def send(*lines: str) -> None:
            client.sendall("".join(f"{line}\r\n" for line in lines).encode())

        answers: dict[str, Callable[[str], None]] = {
            "CAP": lambda said: send(":bench CAP * LS :") if "LS" in said else None,
            "USER": lambda _: send(f":bench 001 {nick} :hello", f":bench 376 {nick} :end"),
            "JOIN": lambda said: _joined(send, nick, said),
            "PING": lambda said: send(f":bench PONG bench :{said.removeprefix(':')}"),
            "WHO": lambda said: send(f":bench 315 {nick} {said.split()[0]} :end"),
            "MODE": lambda said: send(f":bench 324 {nick} {said.split()[0]} +nt"),
        }
        while data := client.recv(65_536):
            *lines, rest = (rest + data).split(b"\r\n")
            for line in lines:
                word, _, said = line.decode(errors="replace").partition(" ")
                if word == "NICK":
                    nick = said.removeprefix(":")
                answer = answers.get(word.upper())
                if answer is not None:
                    answer(said)
                if word.upper() == "JOIN":
                    self._client = client
        client.close()


def _joined(send: Callable[..., None], nick: str, said: str) -> None:
    for channel in said.split()[0].removeprefix(":").split(","):
        send(
            f":{nick}!u@bench.example JOIN {channel}",
            f":bench 332 {nick} {channel} :what is talked about",
            f":bench 353 {nick} = {channel} :{nick}",
            f":bench 366 {nick} {channel} :end",
        )
