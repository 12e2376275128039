"""What others wrote, made safe to show: every rule of the sanitiser by an example, and its laws."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hobnob_client.pictographs import is_pictograph
from hobnob_client.term_safe import MARKS_MAX, body, code, line, name

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "vectors"
EMOJI = VECTORS / "unicode" / "emoji-test.txt.zst"
NAUGHTY = VECTORS / "blns.json"
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0e\ufeff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""What no sink may ever show."""

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zs"]),
        st.sampled_from("\x1b\x9b\x07\r\n\t\u200d\ufe0f\u202e\u2066👩👧🏽❤ae\u0301\u20e3"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ASCII stays", "plain ASCII stays"),
        ("Grüße, 世界, हिन्दी, עברית", "Grüße, 世界, हिन्दी, עברית"),
        ("a\tb", "a    b"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("bell\x07 del\x7f nul\x00", "bell␇ del␡ nul␀"),
        ("c1 \x9b31m", "c1 \ufffd31m"),
        ("\ud800 \ue000 \uffff \U000e0fff \u0378", "\ufffd \ufffd \ufffd  \ufffd"),
        ("user\u202etxt.exe", "user\ufffdtxt.exe"),
        ("zero\u200bwidth\ufeff\u00ad", "zerowidth"),
        ("\u3164\u115f\u2800\u034f", ""),
        ("a\u00a0b\u3000c", "a b c"),
        ("tags\U000e0041\U000e007f", "tags"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("a\u20dd", "a"),
        ("x\ufe00", "x"),
    ],
)
def test_each_rule_has_its_example(text: str, shown: str) -> None:
    """The table of the specification, row by row, alike for lines and bodies."""
    assert line(text) == shown
    assert body(text) == shown


def test_line_breaks_are_kept_in_bodies_only() -> None:
    """One line stays one line."""
    text = "a\r\nb\nc\u2028d\u2029e\rf"
    assert body(text) == "a\nb\nc\nd\ne␍f"
    assert line(text) == "a␊b␊c d e␍f"


def test_a_family_stays_together_and_nothing_else_does() -> None:
    """A joiner is kept between two pictures, a picture selector and a skin tone beside them."""
    for emoji in ("👩‍👧", "👩🏽‍💻", "❤️‍🔥", "🏳️‍🌈"):
        assert line(emoji) == emoji
    assert line("a\u200db") == "ab"
    assert line("👩\u200d") == "👩"
    assert line("\u200d👩") == "👩"
    assert line("👩\u200d\u200d👧") == "👩\u200d👧"
    assert line("👩e\u200d👧") == "👩e👧"


@pytest.mark.skipif(not EMOJI.exists(), reason="third-party test vectors are not here")
def test_every_emoji_of_unicode_is_shown_as_it_is() -> None:
    """All sequences of emoji-test.txt that this Python knows, but the flags that are spelt with
    tags: those carry hidden text."""
    zstandard = pytest.importorskip("zstandard")
    with zstandard.open(EMOJI, "rt", encoding="utf-8") as file:
        rows = [row.split(";")[0].split() for row in file if "; fully-qualified" in row]
    emoji = ["".join(chr(int(code, 16)) for code in row) for row in rows]
    known = [each for each in emoji if all(unicodedata.category(char) != "Cn" for char in each)]
    assert len(known) > 3_000
    changed = [each for each in known if line(each) != each]
    assert all("\U000e007f" in each for each in changed), changed[:5]


@pytest.mark.skipif(not NAUGHTY.exists(), reason="third-party test vectors are not here")
def test_naughty_strings_come_out_as_text() -> None:
    """The big list of naughty strings holds nothing that survives."""
    for text in json.loads(NAUGHTY.read_text()):
        for safe in (line, body, code):
            assert not FORBIDDEN.search(safe(text))


@pytest.mark.parametrize(
    "text", ["", " ", "\u3164", "\u115f\u2800", "\u200b", "\u0301\u0302", "\ufe0f"]
)
def test_no_name_is_invisible(text: str) -> None:
    """What shows nothing is called by something else."""
    assert name(text, "?4f1c99") == "?4f1c99"
    assert name(f"{text}a", "?") != "?"


def test_no_tower_of_marks() -> None:
    """At most four marks on one character, whatever hides between them."""
    assert line("a" + "\u0301" * 40) == "a" + "\u0301" * MARKS_MAX
    assert line("a" + "\u0301\u200d" * 40) == "a" + "\u0301" * MARKS_MAX


def test_code_shows_what_a_compiler_would_see() -> None:
    """A direction mark is named where it could turn a line of code around."""
    assert code("if admin\u202e:\n\tok") == "if admin⟦U+202E⟧:\n    ok"
    assert code("x\x1b\u200b") == "x␛"


def test_private_letters_are_shown_to_who_has_the_font() -> None:
    """`nerd_font` keeps the basic private area and nothing beyond it."""
    assert line("\ue0b0\U000f0000", nerd_font=True) == "\ue0b0\ufffd"
    assert body("\ue0b0", nerd_font=True) == "\ue0b0"
    assert code("\ue0b0") == "\ufffd"


@given(HOSTILE)
def test_nothing_a_terminal_obeys_survives(text: str) -> None:
    """No control, no direction mark, no hidden text; LF only where lines are the author's."""
    assert not FORBIDDEN.search(line(text))
    assert "\n" not in line(text)
    assert not FORBIDDEN.search(body(text))
    assert not FORBIDDEN.search(code(text))


@given(HOSTILE)
def test_a_second_pass_changes_nothing(text: str) -> None:
    """What is safe stays as it is, so that a sink may be passed twice."""
    for safe in (line, body, code):
        once = safe(text)
        assert safe(once) == once


@given(HOSTILE)
def test_safe_text_does_not_grow_beyond_its_bound(text: str) -> None:
    """At most four cells for each character: what a tab takes."""
    assert cell_len(line(text)) <= 4 * len(text)
    assert len(line(text)) <= 4 * len(text)


@given(HOSTILE)
def test_marks_keep_their_bound_everywhere(text: str) -> None:
    """In any text no run of marks is longer than the bound."""
    run = 0
    for char in line(text):
        run = run + 1 if unicodedata.category(char)[0] == "M" else 0
        assert run <= MARKS_MAX


def test_pictures_are_those_of_the_table() -> None:
    """Letters, digits and skin tones are none."""
    assert [char for char in "☀❤👩🚀🦄©" if not is_pictograph(ord(char))] == []
    assert [char for char in "a1#é世\U0001f3fb" if is_pictograph(ord(char))] == []
    assert not is_pictograph(0)
    assert not is_pictograph(0x10FFFF)
