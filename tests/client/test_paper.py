"""24 words on paper (BIP 39)."""

from hashlib import sha256
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client import paper
from hobnob_client.paper import Paper

PUBLISHED = {
    "00" * 32: "abandon " * 23 + "art",
    "7f" * 32: (
        "legal winner thank year wave sausage worth useful legal winner thank year wave sausage"
        " worth useful legal winner thank year wave sausage worth title"
    ),
    "80" * 32: (
        "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount"
        " doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless"
    ),
    "ff" * 32: "zoo " * 23 + "vote",
    "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c": (
        "hamster diagram private dutch cause delay private meat slide toddler razor book happy"
        " fancy gospel tennis maple dilemma loan word shrug inflict delay length"
    ),
    "9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863": (
        "panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol"
        " speed nation flash devote level hobby quick inner drive ghost inside"
    ),
    "066dca1a2bb7e8a1db2832148ce9933eea0f3ac9548d793112d9a95c9407efad": (
        "all hour make first leader extend hole alien behind guard gospel lava path output census"
        " museum junior mass reopen famous sing advance salt reform"
    ),
    "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f": (
        "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing"
        " screen patrol group space point ten exist slush involve unfold"
    ),
}
"""The published examples of BIP 39 that have 256 bits."""


def test_the_list_is_the_published_one() -> None:
    """To the byte."""
    data = (files("hobnob_client") / "words" / "english.txt").read_bytes()
    published = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    assert sha256(data).hexdigest() == published


@pytest.mark.parametrize(("entropy", "text"), PUBLISHED.items())
def test_the_words_are_those_of_the_published_examples(entropy: str, text: str) -> None:
    """Both ways."""
    words = tuple(text.split())
    assert Paper(bytes.fromhex(entropy)).words == words
    assert paper.read(words).entropy.hex() == entropy


@given(st.binary(min_size=32, max_size=32))
def test_every_key_is_written_and_read_again(entropy: bytes) -> None:
    """Whole, or by the first four letters of each word."""
    words = Paper(entropy).words
    assert paper.read(words).entropy == entropy
    assert tuple(paper.whole(word[:4].upper()) for word in words) == words


def test_a_mistyped_word_is_found() -> None:
    """One that is no word at once, another one by the check of them all."""
    words = Paper(bytes(32)).words
    for other in (("zoo", *words[1:]), (*words[1:], words[0]), words[:-1], (*words, "zoo")):
        with pytest.raises(ValueError, match=r"words"):
            paper.read(other)
    assert [paper.whole(word) for word in ("", "aba", "abandons", "zzzz")] == [None] * 4
    assert paper.whole("act") == "act"


def test_the_key_of_the_words_is_frozen() -> None:
    """Derived with the standard library alone: HKDF (RFC 5869) with SHA-256."""
    import hmac

    drawn = hmac.digest(bytes(32), bytes(range(32)), "sha256")
    seed = hmac.digest(drawn, b"hobnob/1 paper\0\x01", "sha256")
    signer = Paper(bytes(range(32))).signer
    assert signer.public_key == type(signer)(seed).public_key


def test_each_sheet_is_its_own_and_shows_nothing() -> None:
    """In a traceback stands neither the key nor a word."""
    one, other = paper.draw(), paper.draw()
    assert one.entropy != other.entropy
    assert one.entropy.hex() not in repr(one)
    assert repr(one.entropy) not in repr(one)
    assert not set(one.words) & set(repr(one).lower().split())
