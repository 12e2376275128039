"""Who of a replica can be found by their profile, as of now."""

from hobnob_client.match.members import members
from hobnob_client.profiles.described import Described, described
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.value import value
from hobnob_sync.views import profile


@value
class Listed:
    """One of them; the handle is safe to draw. Of who is not `open` nothing else is told."""

    account: AccountId
    handle: str
    said: Described
    open: bool = True


@value
class Directory:
    """By handle. Nobody who is blocked is in it, no bot, and not oneself."""

    listed: tuple[Listed, ...]
    """Who agrees to being found, and can be reached."""
    private: tuple[Listed, ...]
    """The other people who can be reached: found by their whole handle alone."""

    @property
    def accounts(self) -> frozenset[AccountId]:
        """Those whose profile a list may have: of nobody else more than the name is told."""
        return frozenset(each.account for each in self.listed)


def gather(desk: Desk, people: People) -> Directory:
    """All of it."""
    who = members(desk, people)
    said = profile.everybody(desk.cells(PEOPLE, profile.asks_all()))

    def listed(account: AccountId, *, agrees: bool) -> Listed:
        found = said.get(account) if agrees else None
        told = described(found) if found is not None else Described(account)
        return Listed(account, people.handle(account), told, agrees)

    def by_handle(each: Listed) -> str:
        return each.handle

    return Directory(
        tuple(sorted((listed(one, agrees=True) for one in who.agreed), key=by_handle)),
        tuple(sorted((listed(one, agrees=False) for one in who.private), key=by_handle)),
    )
