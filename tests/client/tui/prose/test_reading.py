"""A text becomes blocks: Markdown as people write it in a chat, and never more than is bearable."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client import term_safe
from hobnob_client.tui.prose import reading
from hobnob_client.tui.prose.blocks import (
    Block,
    Code,
    Heading,
    Items,
    Paragraph,
    Prose,
    Quote,
    Rule,
    Run,
    Table,
)
from hobnob_client.tui.prose.reading import as_written, read
from tests.terminal.payloads import PAYLOADS


def runs_of(blocks: tuple[Block, ...]) -> Iterator[Run]:
    """Every run, wherever it stands."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for line in block.lines:
                yield from line
        elif isinstance(block, Heading):
            yield from block.runs
        elif isinstance(block, Quote):
            yield from runs_of(block.blocks)
        elif isinstance(block, Items):
            for item in block.items:
                yield from runs_of(item.blocks)
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row:
                    yield from cell


def said(prose: Prose) -> list[tuple[str, str]]:
    """The runs as (text, style)."""
    return [(run.text, run.style) for run in runs_of(prose.blocks)]


def words(prose: Prose) -> str:
    """All text, code too."""
    runs = "".join(run.text for run in runs_of(prose.blocks))
    return runs + "".join(code.text for code in prose.codes)


def test_emphasis_is_a_style_and_its_signs_are_gone() -> None:
    """Also within each other; what is struck keeps them, where a terminal cannot strike."""
    assert said(read("a **b** *c* ~~d~~ ***e***")) == [
        ("a ", ""),
        ("b", "strong"),
        (" ", ""),
        ("c", "emphasis"),
        (" ", ""),
        ("~~", "mark"),
        ("d", "struck"),
        ("~~", "mark"),
        (" ", ""),
        ("e", "emphasis strong"),
    ]


def test_code_in_a_line_keeps_its_ticks() -> None:
    """For who sees no colours; no sign within it means anything."""
    assert said(read("`a*b*` ``c`d``")) == [("`a*b*`", "code"), (" ", ""), ("``c`d``", "code")]


def test_each_line_break_is_kept() -> None:
    """As people write in a chat; an empty line begins a paragraph."""
    found = read("one *x*\ntwo\n\nthree").blocks
    assert [len(block.lines) for block in found if isinstance(block, Paragraph)] == [2, 1]


@given(st.text("ab 日\n@.:/", max_size=60))
def test_what_needs_no_parser_reads_the_same_with_one(text: str) -> None:
    """The short way is no other way."""
    quick = read(text)
    assert quick == as_written(text)
    # A comment says nothing, and asks for the parser.
    whole = reading._Reader().read(text)  # pyright: ignore[reportPrivateUsage]  # the long way
    assert words(quick) == words(whole)
    assert len(quick.blocks) == len(whole.blocks)


def test_blocks_of_every_sort_are_read() -> None:
    """Headings, lists, quotes, code, rules."""
    found = read("# T\n- a\n- b\n\n> q\n\n```rust\nfn x() {}\n```\n***\nend").blocks
    assert [type(block) for block in found] == [Heading, Items, Quote, Code, Rule, Paragraph]
    code = found[3]
    assert isinstance(code, Code)
    assert (code.language, code.text) == ("rust", "fn x() {}")


def test_lists_keep_their_numbers_and_tasks_their_boxes() -> None:
    """In signs."""
    numbered, tasks = read("3. a\n4. b\n\n- [ ] open\n- [x] done\n- [y] none").blocks
    assert isinstance(numbered, Items)
    assert isinstance(tasks, Items)
    assert [item.mark for item in numbered.items] == ["3.", "4."]
    assert [item.mark for item in tasks.items] == ["[ ]", "[x]", "•"]
    assert words(Prose((tasks,))) == "opendone[y] none"


def test_a_table_has_aligned_columns() -> None:
    """As many cells in each row as its head has."""
    (table,) = read("|a|b|c|\n|-|-:|:-:|\n|1|2|\n|**x**|y|z|w|").blocks
    assert isinstance(table, Table)
    assert table.aligns == ("left", "right", "center")
    assert [len(row) for row in table.rows] == [3, 3]


def test_a_quote_as_zulip_writes_it_is_one() -> None:
    """Since much that is imported has them, nested ones too."""
    (quote,) = read("````quote\nsaid *so*\n```quote\nbefore\n```\n````").blocks
    assert isinstance(quote, Quote)
    assert isinstance(quote.blocks[1], Quote)


def test_html_and_pictures_are_text() -> None:
    """Nothing is fetched, and no tag means anything."""
    prose = read("<b>x</b> <script>y</script>\n\n<div>z</div>\n\n![a cat](https://a.example/c.png)")
    assert words(prose) == "<b>x</b> <script>y</script><div>z</div>▣ a cat[1]"
    assert prose.links[0].target == "https://a.example/c.png"


def test_links_are_numbered_and_their_hosts_shown_where_the_text_lies() -> None:
    """A bare address needs no number; the same target has the same one."""
    prose = read("https://a.example/x [docs](https://b.example/) [b.example](https://c.example/)")
    assert words(prose) == "https://a.example/x docs[2] b.example[3→c.example]"
    assert [link.told for link in prose.links] == [True, False, False]
    again = read("[one](https://a.example/) [two](https://a.example/)")
    assert words(again) == "one[1] two[1]"
    assert len(again.links) == 1


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "data:x", "/x"])
def test_what_may_not_be_led_to_is_no_link(target: str) -> None:
    """Its text stays, in one form or another."""
    prose = read(f"[click]({target})")
    assert prose.links == ()
    assert "click" in words(prose)


def test_what_was_defined_and_is_not_used_is_shown_too() -> None:
    """Nothing that somebody wrote vanishes."""
    prose = read("see [it][1]\n\n[1]: https://a.example/\n[2]: https://b.example/")
    assert words(prose) == "see it[1][2]: https://b.example/"


def test_what_stands_between_two_double_bars_is_hidden() -> None:
    """Over styles; an odd pair is text, and code and addresses keep their bars."""
    found = read("a ||b *c*|| d || e")
    assert [run.text for run in runs_of(found.blocks) if run.hidden] == ["b ", "c"]
    assert words(found) == "a b c d || e"
    assert found.hides
    assert not read("`a || b || c`").hides
    assert not read("a || b").hides


def test_what_an_entity_spells_out_is_made_safe() -> None:
    """The parser makes characters of them after the text was looked at."""
    assert words(read("&#x202e;a&#27;[2J&#x9b;b")) == "\ufffda\ufffd[2J\ufffdb"
    assert words(read("`a&#x202e;b`")) == "`a&#x202e;b`"


HOSTILE = {
    "brackets": "[" * 12_000,
    "nested brackets": "[" * 6_000 + "]" * 6_000,
    "pictures": "![a" * 4_000,
    "quotes": ">" * 12_000,
    "items": "- " * 6_000 + "a",
    "numbers": "1. " * 4_000,
    "stairs of items": "\n".join(f"{'  ' * nth}- a" for nth in range(100)),
    "fences in fences": "".join(f"{'`' * (200 - nth)}quote\n" for nth in range(150)),
    "cells": "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + ("|b" * 100 + "|\n") * 50,
    "long": "*a* " * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_too_much_stands_as_it_was_written(name: str) -> None:
    """And says so."""
    prose = read(HOSTILE[name])
    assert prose.cut
    assert words(prose).replace(" ", "") == HOSTILE[name].replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_trick_comes_through(name: str) -> None:
    """Within every sort of markup: what is left is text, as `term_safe` leaves it."""
    raw = PAYLOADS[name]
    for form in ("{}", "**{}**", "`{}`", "[{}](https://a.example/)", "> {}", "|a|\n|-|\n|{}|"):
        for text in (form.format(raw), term_safe.body(form.format(raw))):
            prose = read(text)
            for run in runs_of(prose.blocks):
                assert term_safe.line(run.text) == run.text
            for code in prose.codes:
                assert term_safe.code(code.text) == code.text
            for link in prose.links:
                assert link.target.isascii()
                assert link.target.isprintable()


def test_reading_imports_its_parser_when_a_text_asks_for_it() -> None:
    """A screen of plain talk starts without."""
    code = (
        "import sys; from hobnob_client.tui.prose import laying, reading; reading.read('hello');"
        "print(*(each for each in ('markdown_it', 'pygments', 'textual') if each in sys.modules));"
        "reading.read('*hello*'); print('markdown_it' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\nTrue\n"


PREPARED = """
import sys
from hobnob_client.tui.prose.reading import prepare, read
prepare()
before = set(sys.modules)
read("**loud**")
print(set(sys.modules) - before)
"""


def test_what_reads_is_loaded_before_anybody_waits_for_it() -> None:
    """The first text with any markup has nothing left to load."""
    told = subprocess.run((sys.executable, "-c", PREPARED), capture_output=True, check=True)
    assert told.stdout == b"set()\n"
