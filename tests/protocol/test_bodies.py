"""Bodies as bytes: arrays that grow at their end."""

import pytest

from hobnob_protocol import fields
from hobnob_protocol.bodies import RULES, decode_body, encode_body, layout_of
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.kind import Body
from hobnob_protocol.limits import BODY_BYTES_MAX


@fields.body
class Plant(Body):
    """A plant."""

    name: str = fields.text(max=BODY_BYTES_MAX)
    height: int = fields.integer(0, 99)
    colour: str | None = fields.text(max=9, default=None)
    herbs: tuple[str, ...] = fields.many(fields.text(max=9), max=2, default=())
    alive: bool = fields.boolean(default=True)

    def contradiction(self) -> str:
        """Only the living grow."""
        return "" if self.alive or not self.height else "plant.dead"


@pytest.mark.parametrize(
    ("plant", "values"),
    [
        (Plant("ivy", 3), ("ivy", 3)),
        (Plant("ivy", 3, "green"), ("ivy", 3, "green")),
        (Plant("ivy", 3, None, ("mint",)), ("ivy", 3, None, ("mint",))),
        (Plant("ivy", 0, alive=False), ("ivy", 0, None, (), False)),
    ],
)
def test_trailing_defaults_are_left_out(plant: Plant, values: tuple[object, ...]) -> None:
    """What is not said costs nothing, and comes back as the default."""
    assert decode(encode_body(plant), 1_000) == values
    assert decode_body(Plant, encode_body(plant)) == plant


def test_a_default_that_is_said_is_read() -> None:
    """An earlier version may have no default where this one has."""
    assert decode_body(Plant, encode(("ivy", 3, None, (), True))) == Plant("ivy", 3)


def test_a_later_versions_fields_are_ignored() -> None:
    """Whatever they hold."""
    data = encode(("ivy", 3, None, (), True, "new", (1, None)))
    assert decode_body(Plant, data) == Plant("ivy", 3)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ("ivy", "body.array"),
        ((), "body.short: name"),
        (("ivy",), "body.short: height"),
        ((7, 3), "body.text.type: name"),
        (("ivy", 100), "body.integer: height"),
        (("ivy", 3, "x" * 10), "body.text.length: colour"),
        (("ivy", 0, None, (), False, 7), ""),
        (("ivy", 3, None, (), False), "body.plant.dead"),
    ],
)
def test_each_breach_names_its_rule_and_field(values: tuple[str | int, ...], said: str) -> None:
    """So that a bot's author finds it."""
    if not said:
        assert decode_body(Plant, encode(values)) == Plant("ivy", 0, alive=False)
        return
    with pytest.raises(ProtocolError) as broken:
        decode_body(Plant, encode(values))
    assert str(broken.value) == said
    assert broken.value.rule in {**RULES, "body.plant.dead": "only the living grow"}


def test_nothing_invalid_is_ever_encoded() -> None:
    """It is our fault then, and the error says which rule."""
    for plant, said in (
        (Plant("", 3), "no valid Plant: body.text.empty: name"),
        (Plant("ivy", 3, alive=False), "no valid Plant: body.plant.dead"),
    ):
        with pytest.raises(UsageError) as broken:
            encode_body(plant)
        assert str(broken.value) == said
        assert isinstance(broken.value.__cause__, ProtocolError)


def test_a_body_has_a_bound_in_bytes() -> None:
    """Text counts characters; the body bound stops what is long in bytes."""
    around = len(encode_body(Plant("x" * 300, 3))) - 300
    longest = Plant("x" * (BODY_BYTES_MAX - around), 3)
    assert len(encode_body(longest)) == BODY_BYTES_MAX
    assert decode_body(Plant, encode_body(longest)) == longest
    with pytest.raises(UsageError, match=r"^no valid Plant: size: 16385 bytes$"):
        encode_body(Plant(longest.name + "x", 3))
    with pytest.raises(ProtocolError, match=r"^size: 16385 bytes$"):
        decode_body(Plant, encode((longest.name + "x", 3)))


def test_bytes_that_are_no_value_are_no_body() -> None:
    """The codec's rules hold in a body too."""
    for data in (b"", b"\xc1", encode(("ivy", 3)) + b"\x00"):
        with pytest.raises(ProtocolError):
            decode_body(Plant, data)


def test_a_layout_is_read_once() -> None:
    """It names the fields in order."""
    layout = layout_of(Plant)
    assert layout is layout_of(Plant)
    assert layout.names == ("name", "height", "colour", "herbs", "alive")
    assert layout.required == 2
    assert layout.described[1] == "integer 0 to 99"
    assert not layout.opaque


def test_a_body_without_fields_is_an_empty_array() -> None:
    """One byte."""

    @fields.body
    class Nod(Body):
        """A nod."""

    assert encode_body(Nod()) == b"\x90"
    assert decode_body(Nod, b"\x90") == Nod()
