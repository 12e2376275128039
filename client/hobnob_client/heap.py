"""The heap of glibc, which keeps more than is in use; other libraries of C are left as they are."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, Final, TypeAlias

_HEAPS_MAX: Final = -8
"""glibc's `M_ARENA_MAX`."""

Call: TypeAlias = Callable[..., object]
"""One that takes whole numbers."""


def share() -> None:
    """All threads share one heap: by itself glibc gives each a heap of its own, and what is free in
    one is of no use to another. It holds for threads that begin later. Two who want memory at once
    are few, as one thread at a time runs Python.
    """
    if _call("malloc_trim", "size_t") is not _nothing:
        # Another library of C would mean something else by the number.
        _call("mallopt", "int", "int")(_HEAPS_MAX, 1)


def give_back() -> None:
    """Whole pages that are free go back to the system, wherever they lie: by itself glibc gives
    back only what lies at the end. It takes 0.2 ms, or 0.01 where there is nothing."""
    _call("malloc_trim", "size_t")(0)


@cache
def _call(name: str, *takes: str) -> Call:
    """A call of the library of C by its name. What Libsodium is called with is loaded in any case;
    `ctypes`, which does the same, takes 2 ms and 0.2 MB."""
    try:
        binding: Any = import_module("_cffi_backend")
        number = binding.new_primitive_type
        sort = binding.new_function_type(
            tuple(number(each) for each in takes), number("int"), False
        )
        found: Call = binding.load_library(None, 0).load_function(sort, name)
    except (AttributeError, ImportError, OSError):
        return _nothing
    return found


def _nothing(*_: int) -> None:
    """Stands for a call that is not there."""
