"""What a migration does, in a few letters: files that are out there have come through it."""

from hashlib import sha256

from hobnob_sync.ports_sql import statements


def digest(script: str) -> str:
    """16 hexadecimal digits over the statements of a script, whatever its comments and blanks."""
    said = "\n".join(" ".join(statement.split()) for statement in statements(script))
    return sha256(said.encode()).hexdigest()[:16]
