"""Roles and their order: who stands below whom. An unknown role has no place in it."""

from typing import Final

from hobnob_protocol.kinds.roles import ROLES

OWNER: Final = ROLES[0]
"""The role that stands below none and of which one must remain."""

_PLACES: Final = {role: place for place, role in enumerate(ROLES)}


def below(role: str, other: str) -> bool:
    """Does `role` stand below `other`? Never where one of them is unknown."""
    if role not in _PLACES or other not in _PLACES:
        return False
    return _PLACES[role] > _PLACES[other]
