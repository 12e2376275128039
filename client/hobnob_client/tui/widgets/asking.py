"""A line at the top while somebody asks to speak for one by an SSH key, which one key refuses, or
is to have one's handle."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from hobnob_client import waiting
from hobnob_client.catalogue import t
from hobnob_client.engine import Engine
from hobnob_client.reading import Reader
from hobnob_protocol.ids import PEOPLE

KEY = "F4"


class Asking(Widget):
    """The line; it is not there while nobody waits."""

    DEFAULT_CSS = """
    Asking { height: auto; max-height: 3; padding: 0 1; display: none; }
    Asking.-asked { display: block; background: $error; color: $text; text-style: bold; }
    """

    told: reactive[str] = reactive("", layout=True)

    def show(self, reader: Reader) -> None:
        """Tell of whoever waits now."""
        found = waiting.waiting(reader)
        told = waiting.leaving(reader)
        if found:
            told = t(
                "{notice} Not you? {key} keeps it out, and ends that key.",
                notice=waiting.notice(found[0]),
                key=KEY,
            )
        self.told = told
        self.set_class(bool(told), "-asked")

    def render(self) -> Content:
        """What is asked, and what to do."""
        return Content(t("STOP. {told}", told=self.told))

    async def refuse(self, engine: Engine) -> str:
        """Say no to all who wait: what is to be told of it."""
        links = waiting.vetoes(engine.reader, engine.device)
        for link in links:
            await engine.compose(PEOPLE, link)
        return t("It stays out, and the key that asked has ended.") if links else t("Nobody asks.")
