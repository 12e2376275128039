"""A person at a prompt: the replica is a command away, in pipes and in SQL, with the hub gone."""

import sys
from pathlib import Path

from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.terminal import Terminal

PROMPT = "ready> "


def test_pipes_and_questions_at_a_prompt(tmp_path: Path) -> None:
    """Read, search, count, ask SQL, and say something that waits for the hub; exit codes tell."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice = tmp_path / "alice"
    shell.done("join", hub.link(), "--handle", "alice", "--profile", str(alice))
    for text in ("the first", "the second", "a third"):
        shell.done("post", "#general", text, "--profile", str(alice))
    shell.done("sync", "--profile", str(alice))
    hub.close()
    environ = {"PS1": PROMPT, "ENV": "", "HOBNOB": f"{sys.executable} -m hobnob"}
    with Terminal("tests.terminal.prompt", environ=environ, columns=160) as terminal:

        def told(command: str, answer: str) -> None:
            terminal.wait_for(lambda output: output.endswith(PROMPT.encode()))
            terminal.output = b""
            terminal.type(command.replace("hobnob ", "$HOBNOB ") + "\n")
            terminal.wait_for_text(answer)

        told(f"hob() {{ $HOBNOB \"$@\" --profile '{alice}'; }}", "\n")
        told("hob tail '#general' | wc -l", "3\r\n")
        told("hob search the --json | grep -c '^{'", "2\r\n")
        told("hob sql \"select 'there are ' || count(*) from messages\"", "there are 3\r\n")
        told("hob search nowhere; echo =$?", "=1\r\n")
        told("date | hob post '#general' --code && hob outbox | wc -l", "1\r\n")
        terminal.wait_for(lambda output: output.endswith(PROMPT.encode()))
        terminal.type("exit\n")
        assert terminal.wait_for_end() == 0
