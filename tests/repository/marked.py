"""What is made out of the code stands in a document between two marks; the one rule for it."""

from collections.abc import Callable, Mapping


def renewed(text: str, sections: Mapping[str, Callable[[], str]]) -> str:
    """A document in which each section, by its name, is made anew: what stands between
    `<!-- begin: NAME -->` and `<!-- end: NAME -->`, each on a line of its own. ValueError where a
    mark is missing, or stands twice."""
    for name, make in sections.items():
        begin, end = f"<!-- begin: {name} -->\n", f"<!-- end: {name} -->\n"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise ValueError(f"{name} does not stand between one pair of marks")
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"{name} ends before it begins")
        text = f"{before}{begin}{make()}{end}{after}"
    return text
