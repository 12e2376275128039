"""`hobnob recover ...`: words on paper."""

import re
from pathlib import Path

from hobnob_client import paper
from hobnob_protocol.invite_link import base32
from tests.client.typist import Answer, Typist
from tests.client.verbs.shell import HubThread, Said, Shell


def words_of(shown: str) -> list[str]:
    """The 24 words that stood on the terminal, in their order."""
    found = dict(re.findall(r"\b(\d+) ([a-z]{3,8})\b", shown))
    return [found[str(number)] for number in range(1, 25)]


def asked_back(shown: str) -> str:
    """The word that was asked for last."""
    return words_of(shown)[int(re.findall(r"Word (\d+):", shown)[-1]) - 1]


def sheet(shell: Shell, *answers: Answer) -> tuple[Said, list[str], str]:
    """Make a sheet: what was said, the words, and all that stood on the terminal."""
    with Typist(answers or ("", asked_back, asked_back)) as typist:
        said = shell.hobnob("recover", "paper", typing=typist.place)
    return said, words_of(typist.shown), typist.shown


def wrong(_: str) -> str:
    """No word of any list."""
    return "wrong"


def test_a_sheet_of_words_stands_beside_the_devices(hub: HubThread, alice: Shell) -> None:
    """It is shown once, on the terminal alone; the hub takes the link."""
    said, words, shown = sheet(alice)
    assert said.code == 0, said
    assert "hobnob recover alice@127.0.0.1" in shown
    assert len(words) == 24
    everything = said.out + said.talk + alice.done("device", "list", "--json").out
    everything += "".join(
        path.read_bytes().decode("latin-1")
        for path in (alice.home / ".local/share/hobnob/default").iterdir()
    )
    assert " ".join(words[:3]) not in everything
    alice.done("sync")
    mine, paper = alice.done("device", "list").lines
    assert "this one" in mine
    assert paper.endswith("24 words on paper")
    assert alice.done("outbox").lines == []


def test_a_sheet_the_hub_has_not_heard_of_is_not_good_yet(hub: HubThread, alice: Shell) -> None:
    """Whoever loses the device meanwhile would not come back."""
    hub.stop()
    said, _, _ = sheet(alice)
    assert said.code == 0, said
    assert "queued" in said.talk
    assert "good once the hub has heard of it" in said.talk
    hub.start()
    alice.done("sync")
    assert alice.done("device", "list").lines[1].endswith("24 words on paper")


def test_what_is_not_on_paper_is_not_signed(hub: HubThread, alice: Shell) -> None:
    """Two words are asked back, three times each; whoever leaves has made none."""
    for answers in (
        ("", wrong, wrong, wrong),
        ("", asked_back, wrong, wrong, wrong),
        (None,),
    ):
        said, _, _ = sheet(alice, *answers)
        assert said.code == 2, said
    assert alice.hobnob("recover", "paper").code == 2
    assert len(alice.done("device", "list").lines) == 1
    once_wrong: tuple[Answer, ...] = ("", wrong, asked_back, asked_back)
    assert sheet(alice, *once_wrong)[0].code == 0


def test_there_are_two_sheets_at_most(hub: HubThread, alice: Shell) -> None:
    """One that is lost is revoked as a device is."""
    sheet(alice)
    sheet(alice)
    full = alice.hobnob("recover", "paper")
    assert full.code == 1
    assert "hobnob device revoke" in full.talk
    names = [row["device"] for row in alice.done("device", "list", "--json").records]
    alice.done("device", "revoke", names[1][:8])
    assert alice.done("device", "list").lines[1].endswith("revoked")
    assert sheet(alice)[0].code == 0


# Coming back.


def typing(words: list[str]) -> list[str]:
    """24 words as they are asked for."""
    return [" ".join(words[start : start + 6]) for start in range(0, 24, 6)]


def back(shell: Shell, place: str, *answers: Answer) -> tuple[Said, str]:
    """Recover on this shell's device: what was said, and what stood on the terminal."""
    with Typist(answers) as typist:
        said = shell.hobnob("recover", place, typing=typist.place)
    assert typist.left == 0, said
    return said, typist.shown


def place_of(said: Said) -> str:
    """The command with the hub's whole name, as making a sheet tells it."""
    found = re.search(r"hobnob recover '(.*)'", said.talk)
    assert found is not None
    return found[1]


def test_whoever_has_lost_all_devices_comes_back(
    hub: HubThread, alice: Shell, bob: Shell, tmp_path: Path
) -> None:
    """As who they were, and what is lost speaks no more."""
    made, words, _ = sheet(alice)
    alice.done("post", "#general", "before the fire")
    place = place_of(made).partition("/#")[0]
    new = Shell(tmp_path / "new")
    said, shown = back(new, place, "yes", *typing(words), "yes")
    assert said.code == 0, said
    assert "You are alice again, in #general." in said.out
    assert "fingerprint" in said.talk
    assert new.done("tail").out.endswith("alice: before the fire\n")
    old, mine, paper = new.done("device", "list").lines
    assert old.endswith("revoked")
    assert "this one" in mine
    assert paper.endswith("24 words on paper")
    new.done("post", "#general", "back again")
    bob.done("sync")
    assert bob.done("tail").out.endswith("alice: back again\n")
    assert alice.hobnob("sync").code == 1
    everything = said.out + said.talk + shown
    everything += "".join(
        path.read_bytes().decode("latin-1")
        for path in (new.home / ".local/share/hobnob/default").iterdir()
    )
    assert " ".join(words[:2]) not in everything
    assert entropy_of(words) not in everything


def entropy_of(words: list[str]) -> str:
    """The seed of the words, as a key file would hold it."""
    return base32(paper.read(tuple(words)).entropy)


def test_the_hub_may_be_named_and_words_mistyped(
    hub: HubThread, alice: Shell, tmp_path: Path
) -> None:
    """Who names the hub is not asked; a wrong word is told by its place; what is not lost stays."""
    made, words, _ = sheet(alice)
    new = Shell(tmp_path / "new")
    first, *rest = typing(words)
    short = " ".join(word[:4].upper() for word in words[:6])
    answers = ("abandonn " + first, " ".join(words[:5]), short, *rest, "no")
    said, _ = back(new, place_of(made), *answers)
    assert said.code == 0, said
    assert "No word of the list: 1." in said.talk
    assert "Those are 5 words" in said.talk
    assert "hobnob device revoke" in said.talk
    alice.done("sync")
    assert not any("revoked" in line for line in alice.done("device", "list").lines)


def test_wrong_words_and_strangers_get_one_answer(
    hub: HubThread, alice: Shell, bob: Shell, tmp_path: Path
) -> None:
    """Another's handle, no handle, words of no sheet, a revoked sheet; no key is left behind."""
    made, words, _ = sheet(alice)
    host = place_of(made).partition("@")[2]
    other = typing(list(paper.draw().words))
    new = Shell(tmp_path / "new")
    answers = [
        back(new, f"bob@{host}", *typing(words)),
        back(new, f"nobody@{host}", *typing(words)),
        back(new, f"alice@{host}", *other),
    ]
    names = [row["device"] for row in alice.done("device", "list", "--json").records]
    alice.done("device", "revoke", names[1])
    answers.append(back(new, f"alice@{host}", *typing(words)))
    handles = ("bob", "nobody", "alice", "alice")
    for (said, _), handle in zip(answers, handles, strict=True):
        assert said.code == 1
        assert said.talk.replace(handle, "X") == answers[0][0].talk.replace("bob", "X")
    assert not (new.home / ".local/share/hobnob/default").exists()


def test_words_that_do_not_belong_together_are_told(
    hub: HubThread, alice: Shell, tmp_path: Path
) -> None:
    """Before anything is asked of the hub."""
    made, words, _ = sheet(alice)
    swapped = typing([words[1], words[0], *words[2:]])
    if words[0] == words[1]:
        return
    said, _ = back(Shell(tmp_path / "new"), place_of(made), *swapped, *swapped, *swapped)
    assert said.code == 2
    assert "do not belong together" in said.talk


def test_nothing_is_typed_for_another_hub(hub: HubThread, alice: Shell, tmp_path: Path) -> None:
    """One that is not on the sheet, one that is not the one named; none at all."""
    made, _, _ = sheet(alice)
    place = place_of(made)
    new = Shell(tmp_path / "new")
    short, _, name = place.partition("/#")
    assert back(new, short, "no")[0].code == 2
    other = f"{short}/#{'a' * len(name)}"
    said, _ = back(new, other)
    assert said.code == 1
    assert "not proved" in said.talk
    assert new.hobnob("recover", short).code == 2
    assert new.hobnob("recover", place).code == 2
    for nonsense in (
        "alice",
        "@host",
        "alice@",
        "alice@host:0",
        "alice@h:99999",
        f"{short}/#aa",
    ):
        assert new.hobnob("recover", nonsense).code == 2
    hub.stop()
    assert new.hobnob("recover", place).code == 3
    hub.start()


def test_a_profile_with_an_account_is_left_alone(hub: HubThread, alice: Shell) -> None:
    """Another one is named for it."""
    made, _, _ = sheet(alice)
    said = alice.hobnob("recover", place_of(made))
    assert said.code == 2
    assert "--profile" in said.talk
