"""What members say of themselves: their profile, and which devices speak for them."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import StreamType
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Rule, Write
from hobnob_protocol.limits import FIELD_NAME_MAX, FIELD_TEXT_MAX
from hobnob_protocol.link import kept


@fields.body
class ProfileField(Body):
    """One field of one's own profile; None clears it."""

    name: str = fields.text(max=FIELD_NAME_MAX)
    value: str | None = fields.text(max=FIELD_TEXT_MAX, lines=True, default=None)


@fields.body
class DeviceLink(Body):
    """The next link of the author's own chain: a device is added or revoked."""

    link: bytes = fields.link()
    link_signature: bytes = fields.signature()


def _profile_field(fact: Fact, body: ProfileField) -> tuple[Write, ...]:
    return (Write(nouns.PROFILE, nouns.profile_key(fact.account, body.name), body.value),)


def _device(fact: Fact, body: DeviceLink) -> tuple[Write, ...]:
    link = kept(body.link, body.link_signature, fact.at_ms)
    return (Write(nouns.LINK, nouns.link_key(fact.account, fact.event), link, Rule.FIRST),)


KINDS: Final = (
    Kind(
        number=12,
        name="profile_field",
        body=ProfileField,
        streams=frozenset({StreamType.PEOPLE}),
        capability="profile",
        writes=writing.acts(ProfileField, _profile_field),
        object_rule=ObjectRule.SELF,
    ),
    Kind(
        number=43,
        name="device",
        body=DeviceLink,
        streams=frozenset({StreamType.PEOPLE}),
        capability="devices",
        writes=writing.acts(DeviceLink, _device),
        object_rule=ObjectRule.SELF,
    ),
)
