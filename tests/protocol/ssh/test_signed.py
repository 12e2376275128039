"""What an SSH key signs for hobnob is what ssh-keygen signs and checks."""

import subprocess
from base64 import b64decode, b64encode
from pathlib import Path
from shutil import which

import pytest

from hobnob_protocol.ssh import signed
from hobnob_protocol.ssh.strings import string
from tests.protocol.vectors.ssh_holders import CURVE, DESK, OLD, Ecdsa, Plain, Rsa, security

MESSAGE = b"a link of an account"
needs_keygen = pytest.mark.skipif(which("ssh-keygen") is None, reason="there is no ssh-keygen")


def test_a_signature_is_for_one_use() -> None:
    """What was signed to show the key counts as no link, and the reverse."""
    signature = DESK.sign(signed.to_sign(signed.RECOVER, MESSAGE))
    assert signed.is_signed(DESK.public_key, signature, signed.RECOVER, MESSAGE)
    assert not signed.is_signed(DESK.public_key, signature, signed.CHAIN, MESSAGE)


def armoured(key: bytes, signature: bytes) -> str:
    """A signature as ssh-keygen reads it (PROTOCOL.sshsig)."""
    told = (key, signed.CHAIN, b"", b"sha512", signature)
    blob = b"SSHSIG" + (1).to_bytes(4) + b"".join(map(string, told))
    text = b64encode(blob).decode()
    lines = [text[start : start + 70] for start in range(0, len(text), 70)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""))


@needs_keygen
@pytest.mark.parametrize("holder", [DESK, CURVE, OLD], ids=["ed25519", "ecdsa", "rsa"])
def test_ssh_keygen_finds_it_good(holder: Plain | Ecdsa | Rsa, tmp_path: Path) -> None:
    """In our namespace, and in no other."""
    sort = holder.public_key[4:].split(b"\0")[0].decode()
    public = f"{sort} {b64encode(holder.public_key).decode()}"
    (tmp_path / "allowed").write_text(f"ada {public}\n")
    signature = holder.sign(signed.to_sign(signed.CHAIN, MESSAGE))
    (tmp_path / "sig").write_text(armoured(holder.public_key, signature))
    assert verified(tmp_path, "hobnob-chain@v1")
    assert not verified(tmp_path, "file")


@needs_keygen
def test_ssh_keygen_finds_a_touch_good(tmp_path: Path) -> None:
    """A security key's signature that was made by formula is what OpenSSH takes."""
    touch = security(9)
    public = f"sk-ssh-ed25519@openssh.com {b64encode(touch.public_key).decode()}"
    (tmp_path / "allowed").write_text(f"ada {public}\n")
    signature = touch.sign(signed.to_sign(signed.CHAIN, MESSAGE))
    (tmp_path / "sig").write_text(armoured(touch.public_key, signature))
    assert verified(tmp_path, "hobnob-chain@v1")


def verified(folder: Path, namespace: str) -> bool:
    """Does ssh-keygen say that ada has signed the message for this use?"""
    command = ("ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "ada", "-n", namespace)
    done = subprocess.run(
        (*command, "-s", "sig"), cwd=folder, input=MESSAGE, capture_output=True, check=False
    )
    return done.returncode == 0


@needs_keygen
def test_what_ssh_keygen_signs_is_good(tmp_path: Path) -> None:
    """A key of its own making."""
    make = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key")
    subprocess.run(make, cwd=tmp_path, check=True)
    (tmp_path / "message").write_bytes(MESSAGE)
    sign = ("ssh-keygen", "-q", "-Y", "sign", "-f", "key", "-n", "hobnob-chain@v1", "message")
    subprocess.run(sign, cwd=tmp_path, check=True, capture_output=True)
    key = b64decode((tmp_path / "key.pub").read_text().split()[1])
    armour = (tmp_path / "message.sig").read_text().splitlines()
    signature = b64decode("".join(armour[1:-1]))[-83:]
    assert signed.is_signed(key, signature, signed.CHAIN, MESSAGE)
