"""Which name may have been meant, where there is none of it: asked of settings and of the keys of
actions, both of which are named by their tables, as "look.theme"."""

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is likest; "" where none is like it.

    A name that only stands in the wrong table, or in none, goes first. Then what is misspelt is
    looked for in the deepest table it names, and only then among all.
    """
    # Only somebody who has mistyped pays for importing it.
    from difflib import get_close_matches

    names = list(known)
    table, _, key = name.rpartition(".")
    everywhere = {_key(each): each for each in reversed(names)}
    beside = {_key(each): each for each in names if each.rpartition(".")[0] == table}
    if beside and key in everywhere and everywhere[key] != name:
        return everywhere[key]
    # In no table, and none of that name: it may belong into any.
    for said, among in (
        (key, beside if table else everywhere),
        (name, {each: each for each in names}),
        (key, everywhere),
    ):
        near = get_close_matches(said, among, n=1)
        if near:
            return among[near[0]]
    return ""


def _key(name: str) -> str:
    return name.rpartition(".")[2]
