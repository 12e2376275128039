"""A key that ssh-keygen wrote signs, if nobody else can read it."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from hobnob_client.failures import Exit, Failure
from hobnob_client.ssh import choosing, key_file
from hobnob_protocol.ssh import signed
from hobnob_protocol.ssh.strings import string
from tests.client.ssh_agent import LISTED, FakeAgent
from tests.protocol.vectors.ssh_holders import CURVE, DESK, Plain, security

pytestmark = pytest.mark.skipif(which("ssh-keygen") is None, reason="there is no ssh-keygen")
SORTS = (("-t", "ed25519"), ("-t", "ecdsa", "-b", "256"), ("-t", "rsa", "-b", "3072"))


def made(path: Path, *sort: str, passphrase: str = "") -> Path:
    """A new key of this sort."""
    command = ("ssh-keygen", "-q", *sort, "-N", passphrase, "-C", "ada@desk", "-f", str(path))
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def nobody(_: str) -> str | None:
    """No terminal."""
    return None


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort[1])
def test_a_key_in_a_file_signs(sort: tuple[str, ...], tmp_path: Path) -> None:
    """Of each sort there is without a touch."""
    signer = choosing.choose(str(made(tmp_path / "key", *sort)), None, nobody)
    signature = signer.sign(signed.to_sign(signed.CHAIN, b"a link"))
    assert signed.is_signed(signer.public_key, signature, signed.CHAIN, b"a link")


def test_a_weak_key_is_not_taken(tmp_path: Path) -> None:
    """RSA of 2,048 bits."""
    weak = made(tmp_path / "weak", "-t", "rsa", "-b", "2048")
    with pytest.raises(Failure, match="3072 to 4096 bits"):
        choosing.choose(str(weak), None, nobody)


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """As SSH itself does."""
    key = made(tmp_path / "key", "-t", "ed25519")
    key.chmod(0o640)
    with pytest.raises(Failure, match="chmod 600"):
        key_file.load(key, nobody)


def test_a_file_that_is_no_key(tmp_path: Path) -> None:
    """It is never shown."""
    secret = tmp_path / "secret"
    secret.write_text("a secret of another kind")
    secret.chmod(0o600)
    with pytest.raises(Failure, match="no private key") as broken:
        key_file.load(secret, nobody)
    assert "another kind" not in str(broken.value)
    with pytest.raises(Failure, match="There is no file"):
        key_file.load(tmp_path / "gone", nobody)


def test_a_passphrase_is_asked_for_at_the_terminal_only(tmp_path: Path) -> None:
    """Three times; where the library that opens it is missing, both ways out are told."""
    key = made(tmp_path / "key", "-t", "ed25519", passphrase="open sesame")
    with pytest.raises(Failure, match="no terminal") as silent:
        key_file.load(key, nobody)
    assert silent.value.code is Exit.USAGE
    asked: list[str] = []

    def typed(question: str) -> str:
        asked.append(question)
        return "wrong" if len(asked) < 3 else "open sesame"

    try:
        import bcrypt  # type: ignore[import-not-found,unused-ignore]  # noqa: F401  # an extra
    except ImportError:
        with pytest.raises(Failure, match=r"ssh-add .*hobnob\[ssh\]"):
            key_file.load(key, typed)
        return
    assert key_file.load(key, typed).public_key
    assert len(asked) == 3


# Which key is meant.


def test_the_only_key_of_an_agent_is_meant(tmp_path: Path) -> None:
    """Of those that are taken; of several one is named, by whatever names it."""
    one = Plain(DESK.person)
    with FakeAgent(tmp_path / "agent", (one,)) as there:
        assert choosing.choose("", there.place, nobody).public_key == one.public_key
        with pytest.raises(Failure, match="no key 'other'"):
            choosing.choose("other", there.place, nobody)
    with FakeAgent(tmp_path / "two", (one, CURVE, security())) as there:
        with pytest.raises(Failure, match="Which of these"):
            choosing.choose("", there.place, nobody)
        named = choosing.fingerprint(CURVE.public_key)
        assert named.startswith("SHA256:")
        assert choosing.choose(named, there.place, nobody).public_key == CURVE.public_key
    with FakeAgent(tmp_path / "none", ()) as there, pytest.raises(Failure, match="ssh-add -l"):
        choosing.choose("", there.place, nobody)
    with pytest.raises(Failure, match="no SSH agent here"):
        choosing.choose("", None, nobody)


def test_a_public_key_names_its_own(tmp_path: Path) -> None:
    """In the agent, as a line or a file; or the private one that lies beside the file."""
    key = made(tmp_path / "key", "-t", "ed25519")
    public = tmp_path / "key.pub"
    signer = key_file.load(key, nobody)
    with FakeAgent(tmp_path / "agent", (DESK, signer)) as there:
        for named in (str(public), public.read_text().strip(), "ada@desk"):
            if named == "ada@desk":
                with pytest.raises(Failure, match="Which of these"):
                    choosing.choose(named, there.place, nobody)
                continue
            assert choosing.choose(named, there.place, nobody).public_key == signer.public_key
            assert there.signed == []
    assert choosing.choose(str(public), None, nobody).public_key == signer.public_key
    with FakeAgent(tmp_path / "empty", ()) as there, pytest.raises(Failure, match="no public key"):
        choosing.choose("ssh-ed25519 ???", there.place, nobody)


@pytest.mark.parametrize("comment", ["my old key", "ada desk", "ssh-ed25519 of the desk"])
def test_a_comment_may_be_several_words(tmp_path: Path, comment: str) -> None:
    """It names its key, and stands behind it in a line; a like one is told as what is not there."""
    key = made(tmp_path / "key", "-t", "ed25519")
    signer = key_file.load(key, nobody)
    line = f"{' '.join((tmp_path / 'key.pub').read_text().split()[:2])} {comment}"
    with FakeAgent(tmp_path / "agent", (signer,), comment=comment) as there:
        for named in (comment, line):
            assert choosing.choose(named, there.place, nobody).public_key == signer.public_key
        with pytest.raises(Failure, match="holds no key 'my other key'"):
            choosing.choose("my other key", there.place, nobody)
    public = tmp_path / "key.pub"
    public.write_text(f"{line}\n")
    assert choosing.choose(str(public), None, nobody).public_key == signer.public_key


def test_the_key_beside_a_public_one_is_its_own(tmp_path: Path) -> None:
    """One that was made anew since is not meant."""
    made(tmp_path / "key", "-t", "ed25519")
    public = tmp_path / "key.pub"
    public.write_text(made(tmp_path / "other", "-t", "ed25519").with_suffix(".pub").read_text())
    with pytest.raises(Failure, match="is another key than") as other:
        choosing.choose(str(public), None, nobody)
    assert other.value.code is Exit.USAGE


def test_what_is_said_may_be_longer_than_a_name_of_a_file(tmp_path: Path) -> None:
    """As the line of an RSA key is, between two slashes."""
    with (
        FakeAgent(tmp_path / "agent", (DESK,)) as there,
        pytest.raises(Failure, match="holds no key"),
    ):
        choosing.choose("k" * 600, there.place, nobody)


def test_an_agent_tells_of_a_few_keys_alone(tmp_path: Path) -> None:
    """One of another machine may hold any number, and call them what it likes."""
    listed = bytes((LISTED,)) + (1_000).to_bytes(4)
    listed += 1_000 * (string(DESK.public_key) + string(b"x" * 150))
    with (
        FakeAgent(tmp_path / "agent", (), lambda _: listed) as there,
        pytest.raises(Failure, match="and 992 more") as told,
    ):
        choosing.choose("", there.place, nobody)
    assert len(str(told.value)) < 2_000


def test_the_words_for_a_key() -> None:
    """Its sort, as SSH calls it."""
    assert choosing.sort_of(DESK.public_key) == "ssh-ed25519"
