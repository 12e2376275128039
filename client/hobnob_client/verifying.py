"""Whether somebody is who they say: the number that two compare, the mark that is made of it, and
the stop where another account has come in the place of one that was compared.

All of it is told in the same words by the verbs and on the screen.
"""

from collections.abc import Iterable
from typing import Final

from hobnob_client import term_safe
from hobnob_client.catalogue import later, t
from hobnob_client.devices import moment
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Reader
from hobnob_protocol import fingerprint
from hobnob_protocol.ids import AccountId
from hobnob_protocol.kinds.trust import Verify
from hobnob_protocol.value import value
from hobnob_sync.views.trust import Trust

LINE_GROUPS: Final = 6
"""Groups of digits in one line: one account's half."""
WHAT_TO_DO: Final = later("Ask them by another way before you say anything there.")
"""When somebody else has come under a handle that was verified."""


@value
class Comparison:
    """What two people compare. `handle` is as its owner wrote it, `groups` five digits each;
    `verified` that they have done so before, `stop` is "" or what is wrong with the account."""

    account: AccountId
    handle: str
    groups: tuple[str, ...]
    verified: bool
    stop: str

    @property
    def lines(self) -> tuple[str, str]:
        """The number in the two lines in which it is read out."""
        return " ".join(self.groups[:LINE_GROUPS]), " ".join(self.groups[LINE_GROUPS:])

    def agreed(self) -> Verify:
        """What says that both have the same number."""
        return Verify(self.account, self.handle)

    def withdrawn(self) -> Verify:
        """What takes that back."""
        return Verify(self.account)

    def lacking(self, number: str) -> str:
        """Why this is no whole number to be compared, "" where it is one: who has typed a part of
        it has not seen that it differs."""
        digits = sum(map(str.isdigit, number))
        most = fingerprint.GROUPS * fingerprint.GROUP_DIGITS
        if digits == most:
            return ""
        return t(
            "That has {digits} digits, and the number {most}: all of it.", digits=digits, most=most
        )

    def typed(self, number: str) -> Verify:
        """The same as `agreed` where this is the number; Failure where it is another one, or not
        whole."""
        lacking = self.lacking(number)
        if lacking:
            raise Failure(lacking, Exit.USAGE)
        if fingerprint.same(number, self.groups):
            return self.agreed()
        trust = t("Somebody may stand between you: trust nothing said there.")
        raise Failure(f"{self.differs} {trust}")

    @property
    def differs(self) -> str:
        """That it is another number."""
        who = f"@{term_safe.line(self.handle)}"
        return t("STOP: that is not the number of you and {who} on this hub.", who=who)


def comparison(reader: Reader, account: AccountId) -> Comparison:
    """What there is to compare with somebody."""
    known = reader.known()
    groups = fingerprint.number(reader.hub, reader.me, account)
    verified = account in known.verified
    return Comparison(
        account, reader.handle(account), groups, verified, stop_for(reader, (account,))
    )


def stop_for(reader: Reader, accounts: Iterable[AccountId]) -> str:
    """What is wrong with one of these accounts: it stands under the handle of one that was
    verified, and is another, or it has one that was another's and was not compared under it since.
    "" where nothing is."""
    known = reader.known()
    return next(filter(None, (stop_of(reader, known, account) for account in accounts)), "")


def stop_of(reader: Reader, known: Trust, account: AccountId) -> str:
    """The same of one account, for whoever asks of many: `known` is `reader.known()`."""
    handle = reader.handle(account)
    if known.impostor(account, handle):
        who = f"@{term_safe.line(handle)}"
        return t(
            "STOP: {who} is not the account that you have verified under this handle.", who=who
        )
    since_ms = reader.reseats.since_ms(account, handle)
    if since_ms is not None and known.verified.get(account) != handle:
        return t(
            "STOP: @{handle} is a new identity since {moment}: the hub's operator has given this "
            "handle to another account. Compare anew: hobnob verify {handle}",
            handle=term_safe.line(handle),
            moment=moment(since_ms),
        )
    return ""
