"""What is seen of an app that runs without a terminal."""

from textual.app import App


def drawn(app: App[None]) -> str:
    """All that is seen now, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage]  # There is no public way to what is seen.
    return "\n".join(line.text[:width] for line in lines[:height])
