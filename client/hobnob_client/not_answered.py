"""Why the hub did not answer a question."""

from hobnob_protocol.errors import HobnobError


class NotAnswered(HobnobError):
    """`code` is "old" of a hub that answers no such question, "later" of one that still counts,
    "no" of one that does not answer this one."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
