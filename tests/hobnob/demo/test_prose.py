"""Prose, mentions and programs in a text."""

from hobnob.demo.prose import Snippet, mentioned, snippets, without_code

TEXT = """Ask @luz, or @teo.

```python run
print("@nobody")
```
```text output
@nobody
```

`@span` is no one, mail@host neither; @luz again.

```sh run
true
```

```python
not run
```
"""


def test_a_mention_is_a_handle_outside_code() -> None:
    """Each once, in order; a decorator or an address mentions nobody."""
    assert mentioned(TEXT) == ("luz", "teo")


def test_a_program_is_a_block_marked_to_run() -> None:
    """With the output that stands right below it, if it does."""
    assert snippets(TEXT) == (
        Snippet("python", 'print("@nobody")\n', "@nobody\n"),
        Snippet("sh", "true\n", ""),
    )
    assert snippets("no code") == ()


def test_an_output_belongs_to_the_block_right_above() -> None:
    """Words between the two part them."""
    text = "```sh run\ntrue\n```\nwords\n```text output\nx\n```\n"
    assert snippets(text) == (Snippet("sh", "true\n", ""),)


def test_prose_is_what_is_left_without_code() -> None:
    """Neither blocks nor spans."""
    assert without_code("a `b` c\n```sh\nd\n```\ne\n") == "a  c\ne\n"
