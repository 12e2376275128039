"""A newcomer's questions in words: one place for the screen and the shell."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hobnob_client.catalogue import t
from hobnob_client.onboarding.buddy import HOURS_MIN, Buddy
from hobnob_client.onboarding.first import First

if TYPE_CHECKING:
    from hobnob_client.onboarding.plan import Plan


def parts(plan: "Plan") -> tuple[tuple[str, str, str], ...]:
    """Each part of what follows: its key, what it is, and why or what it means; safe to draw."""
    # No screen waits at its start for what is seldom opened.
    from hobnob_client.onboarding.plan import key_of
    from hobnob_client.profiles.consent_words import MEANINGS
    from hobnob_client.profiles.fields import BY_NAME

    found = list[tuple[str, str, str]]()
    for offer in plan.channels:
        why = t("it goes by “{word}”", word=offer.word) if offer.word else t("you chose it")
        found.append((key_of(offer), t("Join #{name}", name=offer.channel.name), why))
    for name, value in plan.fields:
        label = t(BY_NAME[name].label)
        what = t("Your profile says {label}: {value}", label=label, value=value)
        found.append((f"field {name}", what, t("every member can read it")))
    for purpose in plan.allow:
        what = t("You agree to {meaning}", meaning=t(MEANINGS[purpose]))
        found.append((f"allow {purpose}", what, t("you can withdraw at any time")))
    if plan.buddy:
        what = t("Ask somebody to show you around")
        why = t("a note under seal to one who offers it; until they say yes all see that you ask")
        found.append(("buddy", what, why))
    return tuple(found)


def hello(handle: str, first: First | None, topics: tuple[str, ...]) -> str:
    """A first message, for a draft: nothing is sent by itself."""
    said = t("Hello, I am {handle}, and new here.", handle=handle)
    named = ", ".join(topics)
    if not named:
        return said
    if first is First.ANSWER:
        more = t("I can help with {topics}.", topics=named)
    elif first is First.THREAD:
        more = t("I would like to learn about {topics}.", topics=named)
    else:
        more = t("What brings me here: {topics}.", topics=named)
    return f"{said} {more}"


def please(handle: str, topics: Sequence[str]) -> str:
    """What is written to whoever offers to show newcomers around."""
    said = t(
        "Hello, I am {handle}, and new here. You offer to show newcomers around: would you?",
        handle=handle,
    )
    return (
        f"{said} {t('What brings me here: {topics}.', topics=', '.join(topics))}"
        if topics
        else said
    )


def why_buddy(buddy: Buddy, state: str) -> str:
    """What one has in common with a buddy, and how it stands."""
    reasons = [t("offers to show newcomers around")]
    if buddy.languages:
        reasons.append(t("speaks {languages}", languages=", ".join(buddy.languages)))
    if buddy.topics:
        reasons.append(t("knows {topics}", topics=", ".join(buddy.topics)))
    if buddy.hours >= HOURS_MIN:
        reasons.append(t("is here when you are"))
    said = t("was asked, and has two days") if state == "asked" else t("has said yes")
    return f"{said} · {', '.join(reasons)}"
