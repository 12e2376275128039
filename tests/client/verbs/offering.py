"""Somebody who shows eight words on a device that speaks for them, and waits at its terminal."""

import re
import threading
from types import TracebackType

from tests.client.typist import Answer, Typist
from tests.client.verbs.shell import Said, Shell

WAIT_SECONDS = 20.0
_WORD = re.compile(r"\b([1-8]) ([a-z]{3,8})\b")


class Offering:
    """`hobnob device link` as it runs; `words` are the eight it shows. Use it as a context."""

    def __init__(self, shell: Shell, *answers: Answer) -> None:
        self._shell = shell
        self._typist = Typist(answers)
        self._said: list[Said] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.words: list[str] = []

    def __enter__(self) -> "Offering":
        self._typist.__enter__()
        self._thread.start()
        shown = self._typist.until(lambda shown: "Waiting" in shown, WAIT_SECONDS)
        found = dict(_WORD.findall(shown))
        self.words = [found[str(number)] for number in range(1, 9)]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._thread.join(WAIT_SECONDS)
        self._typist.__exit__(kind, raised, traceback)

    @property
    def typed(self) -> str:
        """The words as somebody types them: the first letters will do."""
        return " ".join(word[:4].upper() for word in self.words)

    @property
    def said(self) -> Said:
        """What it has said, once it has ended."""
        self._thread.join(WAIT_SECONDS)
        (said,) = self._said
        return said

    @property
    def shown(self) -> str:
        """All that stood on its terminal."""
        return self._typist.shown

    def _run(self) -> None:
        self._said.append(self._shell.hobnob("device", "link", typing=self._typist.place))
