"""A community without a network, for the tests of those who write bots (client/hobnob/README.md).

A real hub engine, real replicas and the bot as it will run, all in one process: no socket, no disk,
and a clock that moves when the test says so. It needs no test runner; with pytest, say
`pytest_plugins = ["hobnob.testing.plugin"]` in `conftest.py` and ask for the fixture `community`.
"""

from hobnob.testing.community import Community
from hobnob.testing.people import RunningBot, User

__all__ = ["Community", "RunningBot", "User"]
