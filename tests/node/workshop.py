"""Where the client in JavaScript runs: a folder with the packages it needs, made once."""

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
SCRIPTS: Final = ("client.mjs", "session.mjs", "vectors.mjs")
INSTALL_SECONDS: Final = 120.0
NODE_MAJOR: Final = 20
"""The oldest that has all the client uses."""


def workshop() -> Path:
    """The folder; skips where node or the packages are missing."""
    _require_node()
    packages = (HERE / "package.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "hobnob-tests" / f"node-{sha256(packages).hexdigest()[:16]}"
    if not (folder / "node_modules").is_dir():
        _install(folder, packages)
    return folder


def scripts(folder: Path, place: Path) -> Path:
    """Copies of the scripts beside a link to the packages, for one test."""
    for name in SCRIPTS:
        shutil.copy(HERE / name, place / name)
    (place / "node_modules").symlink_to(folder / "node_modules")
    return place


def _require_node() -> None:
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed")
    said = subprocess.run(("node", "--version"), capture_output=True, text=True, check=True).stdout
    if int(said.strip().lstrip("v").split(".")[0]) < NODE_MAJOR:
        pytest.skip(f"node {said.strip()} is older than {NODE_MAJOR}")


def _install(folder: Path, packages: bytes) -> None:
    """Beside first, then renamed: two runs at once do not see each other's half."""
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}")
    fresh.mkdir(parents=True)
    (fresh / "package.json").write_bytes(packages)
    options = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--silent")
    try:
        subprocess.run(
            ("npm", "install", *options),
            cwd=fresh,
            check=True,
            timeout=INSTALL_SECONDS,
            capture_output=True,
        )
        if not folder.exists():
            fresh.rename(folder)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("the packages of the client in JavaScript cannot be had: off line?")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
