"""How it stands, in one line."""

from hobnob_client.catalogue import n, t
from hobnob_client.tui.rooms.contents import Standing


def standing(found: Standing) -> str:
    """What needs one and what can wait: facts, no more."""
    wait = n("{count} can wait", "{count} can wait", found.wait)
    if found.about:
        wait = t("about {wait}", wait=wait)
    if not found.needs:
        nothing = t("Nothing needs you: all is read.")
        return t("Nothing needs you, {wait}.", wait=wait) if found.wait else nothing
    needs = n("{count} thing needs you", "{count} things need you", found.needs)
    return f"{needs}, {wait}." if found.wait else f"{needs}."
