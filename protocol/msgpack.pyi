# What hobnob uses of msgpack, which ships no types. Beside the package, so never in a wheel.
from typing import Any

class Packer:
    def __init__(self, *, use_bin_type: bool = ...) -> None: ...
    def pack(self, obj: object) -> bytes: ...

def unpackb(
    packed: bytes,
    *,
    use_list: bool = ...,
    strict_map_key: bool = ...,
    max_str_len: int = ...,
    max_bin_len: int = ...,
    max_array_len: int = ...,
    max_map_len: int = ...,
    max_ext_len: int = ...,
) -> Any: ...
