"""People in words: one place for the screen and the shell, which say the same."""

from hobnob_client.catalogue import n, t
from hobnob_client.profiles.directory import Directory, Listed
from hobnob_client.profiles.filtering import Found


def told(each: Listed) -> tuple[str, ...]:
    """What is known of somebody in some words: what they help with, languages, when they are
    here. All of it is safe to draw."""
    return tuple(part for part in columns(each) if part) or (t("has said nothing yet"),)


def columns(each: Listed) -> tuple[str, str, str]:
    """What they help with, languages, and when they are here; "" for what was never said."""
    if not each.open:
        return (t("prefers not to be listed"), "", "")
    said = each.said
    here = " ".join(
        (
            *([said.zone.name] if said.zone is not None else ()),
            *([", ".join(map(str, said.hours))] if said.hours else ()),
        )
    )
    return (", ".join(said.helps_with), ", ".join(said.languages), here)


def few(directory: Directory, found: Found, query: str) -> tuple[str, ...]:
    """What one should know of a list beside those in it: who is not, and what to do."""
    lines: list[str] = []
    if found.more:
        lines.append(
            n(
                "{count} more fits: another word narrows it.",
                "{count} more fit: another word narrows it.",
                found.more,
            )
        )
    if not directory.listed:
        lines.append(
            t(
                "Nobody agrees to be listed yet. You can begin: in your profile, or hobnob me "
                "allow matching"
            )
        )
    elif not found.people and query.strip():
        lines.append(
            t("Nobody who is listed fits: use fewer words, or hobnob match 'what you need'")
        )
    if directory.private:
        lines.append(
            n(
                "{count} member prefers not to be listed.",
                "{count} members prefer not to be listed.",
                len(directory.private),
            )
        )
    return tuple(lines)
