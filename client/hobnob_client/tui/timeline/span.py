"""What lines are made of."""

from hobnob_protocol.value import value


@value
class Span:
    """Text in one style; the names of styles, separated by spaces, are the widget's component
    classes. `link` is where a click on it leads, printable ASCII, "" for nowhere."""

    text: str
    style: str = "text"
    link: str = ""


Line = tuple[Span, ...]
