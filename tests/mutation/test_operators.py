"""What the operators make of a source, and what they leave alone."""

from textwrap import dedent

import pytest

from tests.mutation.operators import mutations

CHAINED = ("a < b < c", "a > b < c", "a <= b <= c", "a <= b >= c")


def made(source: str) -> set[str]:
    """Every mutated source of a text."""
    text = dedent(source)
    return {each.applied(text) for each in mutations(text)}


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("x = a < b\n", {"x = a <= b\n", "x = a >= b\n"}),
        ("x = a == b\n", {"x = a != b\n"}),
        ("x = a is not b\n", {"x = a is b\n"}),
        ("x = a in b\n", {"x = a not in b\n"}),
        ("x = a <= b < c\n", {f"x = {each}\n" for each in CHAINED}),
        ("x = 7\n", {"x = 8\n", "x = 6\n"}),
        ("x = 0\n", {"x = 1\n"}),
        ("x = True\n", {"x = False\n"}),
        ("x = 'a'\n", {"x = 'a~'\n"}),
        ("x = b''\n", {"x = b'\\x00'\n"}),
        ("x = a and b\n", {"x = (a or b)\n"}),
        ("x = a + b\n", {"x = (a - b)\n"}),
        ("x = not a\n", {"x = (a)\n"}),
        ("x = a if b else c\n", {"x = a if (not (b)) else c\n"}),
        ("x = [a for a in b if a]\n", {"x = [a for a in b if (not (a))]\n"}),
        ("do(a)\n", {"pass\n"}),
        ("a.b = c\n", {"pass\n"}),
        ("a += b\n", {"pass\n"}),
        ("raise a\n", {"pass\n"}),
        ("a = 'é' < b\n", {"a = 'é' <= b\n", "a = 'é' >= b\n", "a = 'é~' < b\n"}),
    ],
)  # fmt: skip
def test_an_operator_makes_its_faults(source: str, changed: set[str]) -> None:
    """Each of them, and no others."""
    assert made(source) == changed


def test_a_function_returns_nothing_or_at_once() -> None:
    """Its value goes, or all that it does."""
    source = "def f(a):\n    do(a)\n    return a\n"
    assert made(source) == {
        "def f(a):\n    return None\n    do(a)\n    return a\n",
        "def f(a):\n    pass\n    return a\n",
        "def f(a):\n    do(a)\n    return None\n",
    }


def test_a_row_of_a_table_says_the_contrary() -> None:
    """The last word of each row, and nothing else of a long text."""
    source = 'TABLE = """\npost c yes yes\nkick c yes -\n\nwords\n"""\n'
    texts = {eval(each.removeprefix("TABLE = ")) for each in made(source)}  # our own
    assert texts == {
        "\npost c yes -\nkick c yes -\n\nwords\n",
        "\npost c yes yes\nkick c yes yes\n\nwords\n",
    }


@pytest.mark.parametrize(
    "source",
    [
        '"""Says 1."""\n',
        'x: Final = a\n"""Says 1."""\n',
        "def f(a: 'A | None', b: Literal[1]) -> 'B': ...\n",
        "@dataclass(frozen=True)\nclass A:\n    a: 'int'\n",
        "class A(Protocol):\n    x: int = 1\n",
        "A = TypeVar('A', bound='B')\n",
        "A = NewType('A', 'B')\n",
        "A: TypeAlias = 'B | int'\n",
        "A = Callable[['B'], 'C']\n",
        "__all__ = ['a', 'b']\n",
        "__slots__ = ('a', 'b')\n",
        "assert x == 1, 'is one'\n",
        "x = cast('A', b)\n",
        "x = f'{a} of {b + 1}'\n",
        "import a\n",
    ],
)
def test_what_no_test_could_see_is_left_alone(source: str) -> None:
    """Documentation, types, and what is there for the type checker."""
    assert made(source) == set()
