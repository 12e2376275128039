"""Thanks are found where somebody gives them, and go to whoever is meant."""

from pathlib import Path

import pytest

from tests.evaluation.archive import load
from tests.evaluation.test_archive import lines, said
from tests.evaluation.thanking import thank_yous, thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "oh, THX a lot",
        "Vielen Dank, danke",
        "thank\nyou",
        "спасибо большое",
        "谢谢",
        "merci",
    ],
)
def test_a_word_of_thanks_is_found(text: str) -> None:
    """In several languages."""
    assert thanks(text) >= 0


@pytest.mark.parametrize(
    "text",
    [
        "the bank is closed",
        "Can you look at it? Thanks in advance",
        "no thanks",
        "this works thanks to the new parser",
        "> thanks\nyou are welcome",
        "```quote\nThank you!\n```\nno problem",
        "call `thanks()` first",
    ],
)
def test_what_is_quoted_or_not_yet_earned_is_no_thanks(text: str) -> None:
    """Nor what only has the word in it."""
    assert thanks(text) == -1


def found(directory: Path, *messages: dict[str, object]) -> list[tuple[str, str]]:
    """Who thanks whom in these messages of one topic."""
    lines(directory / "messages.jsonl", *({**one, "topic_id": "t"} for one in messages))
    archive = load(directory)
    names = archive.member_ids
    return [(names[one.giver], names[one.receiver]) for one in thank_yous(archive)]


def test_thanks_go_to_whom_the_message_answers(tmp_path: Path) -> None:
    """Before whoever wrote last."""
    messages = (
        said("1", 1, "ada"),
        said("2", 2, "bo"),
        said("3", 3, "cy", reply_to="1", text="thanks"),
    )
    assert found(tmp_path, *messages) == [("cy", "ada")]


def test_thanks_go_to_whom_they_name(tmp_path: Path) -> None:
    """As far as these have written here; nobody thanks themselves."""
    messages = (
        said("1", 1, "ada"),
        said("2", 2, "bo"),
        said("3", 3, "cy", mentions=["ada", "bo", "di", "cy"], text="thanks all of you"),
    )
    assert found(tmp_path, *messages) == [("cy", "ada"), ("cy", "bo")]


def test_thanks_without_a_name_go_to_who_wrote_last(tmp_path: Path) -> None:
    """If that was just before, and the thanks are what the text is about."""
    messages = (
        said("1", 1, "ada"),
        said("2", 2, "bo"),
        said("3", 3, "cy", text="Thanks!"),
        said("4", 4, "di", text=f"{'I read all of it with care. ' * 3} Thanks for that."),
        said("5", 5_000, "eve", text="Thanks!"),
    )
    assert found(tmp_path, *messages) == [("cy", "bo")]
