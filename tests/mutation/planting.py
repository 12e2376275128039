"""Imports one module with another source than its file's; the file stays as it is."""

import importlib.abc
import importlib.util
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import ModuleType

Rewrite = Callable[[str], str]
"""The source to import, from the source that stands in the file."""


class Planter(importlib.abc.MetaPathFinder):
    """Takes over for one module, once."""

    def __init__(self, module: str, rewrite: Rewrite) -> None:
        self.module = module
        self.rewrite = rewrite

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of the module with a loader that rewrites; None for every other module."""
        if fullname != self.module:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(fullname, spec.origin, self.rewrite)
        return spec


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, rewrite: Rewrite) -> None:
        super().__init__(fullname, path)
        self.rewrite = rewrite

    def get_code(self, fullname: str) -> object:  # type: ignore[override]  # a code object
        """The rewritten source, compiled; never a cached one."""
        return compile(self.rewrite(self.get_data(self.path).decode()), self.path, "exec")


def plant(module: str, rewrite: Rewrite) -> None:
    """From now on `module` is imported rewritten; it must not be imported yet."""
    assert module not in sys.modules, f"{module} is here already"
    sys.meta_path.insert(0, Planter(module, rewrite))
