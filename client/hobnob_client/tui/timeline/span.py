"""What lines are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style; the names of styles, separated by spaces, are the widget's component
    classes. `link` is where a click on it leads, printable ASCII, "" for nowhere."""

    text: str
    style: str = "text"
    link: str = ""


Line = tuple[Span, ...]
