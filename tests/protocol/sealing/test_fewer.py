"""What one sees fewer of has a name for each device."""

from hobnob_protocol.codec import decode
from hobnob_protocol.ids import DeviceId
from hobnob_protocol.limits import PRIVATE_NAME_BYTES_MAX
from hobnob_protocol.sealing.attention import KeptQuiet, name_of
from hobnob_protocol.sealing.fewer import PREFIX, encode_fewer
from hobnob_protocol.sealing.kept_search import is_search


def test_each_device_has_its_own_name() -> None:
    """All begin alike, as nothing else does."""
    desk, phone = (DeviceId(bytes([nth]) * 8) for nth in (1, 2))
    assert encode_fewer(desk) != encode_fewer(phone)
    assert decode(encode_fewer(desk)) == ("fewer", desk)
    for name in (encode_fewer(desk), encode_fewer(phone)):
        assert name.startswith(PREFIX)
        assert len(name) <= PRIVATE_NAME_BYTES_MAX
        assert not is_search(name)
    assert not name_of(KeptQuiet("", "")).startswith(PREFIX)
