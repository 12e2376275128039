"""Modules that a library imports as it is loaded, and calls seldom or never: they are loaded when
something is asked of them, by whomever.

`importlib.util.LazyLoader` is for the same, but there to import such a module a second time is to
ask (Python 3.11), and two threads that ask at once may find half of it.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any


def put_off(*names: str) -> None:
    """From here on `import name` is done at once; what asks anything of the module loads it then,
    and raises what that raises. One that is loaded, or is not there, stays as it is. To take a name
    out of one (`from name import ...`) is to ask.
    """
    for name in names:
        if name not in sys.modules:
            _put_one_off(name)


def _put_one_off(name: str) -> None:
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    module = module_from_spec(spec)
    module.__dict__[_LOADING] = _Loading()
    module.__class__ = _Later
    sys.modules[name] = module
    # Who imports one that is within another finds it there.
    within, _, own_name = name.rpartition(".")
    if within:
        setattr(import_module(within), own_name, module)


class _Loading:
    """One thread loads, the others wait for it."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.begun = False


_LOADING = "__loading__"


class _Later(ModuleType):
    """One that is not loaded: all that is asked of it is missing."""

    def __getattr__(self, name: str) -> Any:
        loading: _Loading | None = vars(self).get(_LOADING)
        if loading is not None:
            with loading.lock:
                # Another thread may have loaded it while this one waited.
                if _LOADING in vars(self) and not loading.begun:
                    loading.begun = True
                    try:
                        _load(self)
                    finally:
                        # Who asks again after it failed is told why, too.
                        loading.begun = False
        # What is missing in one that is loaded, or asks itself while it is, is missing.
        return ModuleType.__getattribute__(self, name)


def _load(module: ModuleType) -> None:
    spec = module.__spec__
    assert spec is not None, "it was made of one"
    assert spec.loader is not None, "what has none is not put off"
    spec.loader.exec_module(module)
    module.__class__ = ModuleType
    module.__dict__.pop(_LOADING, None)
