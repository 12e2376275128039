"""What a replica tells of where a newcomer has come to, for their questions."""

from hobnob_client import term_safe
from hobnob_client.onboarding import plan as planning
from hobnob_client.onboarding.offering import offers
from hobnob_client.onboarding.plan import Channel, World
from hobnob_client.onboarding.questions import Question
from hobnob_client.reading.channels import channels
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People


def gather(desk: Desk, people: People) -> World:
    """As of now."""
    open_ = (
        each
        for each in channels(desk, counted=False)
        if each.channel.public and not each.joined and not each.channel.archived
    )
    return World(
        tuple(
            Channel(each.stream, term_safe.line(each.name), term_safe.line(each.channel.purpose))
            for each in open_
        ),
        dict(people.profile(desk.me).fields),
        people.consents(desk.me),
        offers(desk, people),
    )


def asked(desk: Desk, people: People, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Which of the questions make sense to ask."""
    return planning.asked(questions, gather(desk, people))
