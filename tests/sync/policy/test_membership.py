"""How an account may stand to a stream, in the words that documents and tables use."""

from hobnob_sync.policy.table import Membership


def test_each_word_is_its_own_name() -> None:
    """So a table of rights is read as it is written, and an unknown word is none."""
    assert {each.value: each.name.lower() for each in Membership} == {
        word: word for word in ("none", "visitor", "invited", "member", "banned", "new")
    }
