"""The C programs of the benchmark, built where a compiler is present."""

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
FLAGS = ("-O2", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE")


def compiler() -> str | None:
    """The system's C compiler."""
    return shutil.which("cc")


def build(name: str, directory: Path) -> Path:
    """`name`.c of this folder as a program in `directory`."""
    found = compiler()
    if found is None:
        raise FileNotFoundError("no C compiler (cc)")
    program = directory / name
    subprocess.run(
        (found, *FLAGS, "-o", str(program), str(HERE / f"{name}.c")), check=True, timeout=120
    )
    return program
