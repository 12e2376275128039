"""What these tests begin with."""

from pathlib import Path

import pytest

from tests.server.interchange.scene import Hub


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """A hub that is not there yet."""
    return Hub(tmp_path / "hub")
