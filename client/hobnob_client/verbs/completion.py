"""`hobnob completion`: what a shell needs to complete verbs, options and channels."""

from hobnob_client.failures import Exit
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.table import COMMON, VERBS
from hobnob_client.verbs.verb import Completes, Verb

CHANNELS = "hobnob channels 2>/dev/null | cut -d' ' -f1 | grep -xE '#[[:alnum:]_.-]+'"
"""What prints the channels' names, from the replica alone. Others give channels their names: one
that means something to a shell is not offered, and no shell ever reads one as its own words."""
BESIDE = ("demo", "features", "hub")
"""What `hobnob` does beside the verbs of a member."""


def run(call: Call) -> Exit:
    """Print the script."""
    script = {"bash": bash, "zsh": zsh, "fish": fish}[call.words.shell]()
    call.terminal.show({"script": script}, script)
    return Exit.OK


def firsts() -> tuple[str, ...]:
    """Every first word."""
    names = (verb.name.split()[0] for verb in VERBS)
    return tuple(dict.fromkeys((*names, *BESIDE)))


def seconds(first: str) -> tuple[str, ...]:
    """The words that may follow a first one."""
    pairs = (verb.name.split() for verb in VERBS)
    return tuple(pair[1] for pair in pairs if pair[0] == first and len(pair) == 2)


def offered(verb: Verb) -> tuple[str, ...]:
    """The options of a verb, and the words its arguments are one of."""
    options = [each.flag for each in (*verb.arguments, *COMMON) if each.option]
    words = [word for each in verb.arguments for word in each.choices]
    return (*words, *options)


def takes_channel(verb: Verb) -> bool:
    """Is one of its words a channel's name?"""
    return any(each.completes is Completes.CHANNEL for each in verb.arguments)


def bash() -> str:
    """For bash."""
    cases: list[str] = []
    for first in firsts():
        verbs = [verb for verb in VERBS if verb.name.split()[0] == first]
        words = dict.fromkeys(
            (*seconds(first), *(word for verb in verbs for word in offered(verb)))
        )
        channels = " channels=1" if any(takes_channel(verb) for verb in verbs) else ""
        cases.append(f'        {first}) words="{" ".join(words)}"{channels} ;;')
    body = "\n".join(cases)
    return f"""_hobnob() {{
    local words channels name typed="${{COMP_WORDS[COMP_CWORD]}}"
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="{" ".join(firsts())}"
    else
        case "${{COMP_WORDS[1]}}" in
{body}
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$typed"))
    if [ -n "$channels" ]; then
        while IFS= read -r name; do
            # A name begins a comment unless it is quoted, as it may be already.
            case "$typed" in
                [\\"\\']*) [[ "$name" == "${{typed#?}}"* ]] && COMPREPLY+=("$name") ;;
                *) [[ "$name" == "${{typed#\\\\}}"* ]] && COMPREPLY+=("\\\\$name") ;;
            esac
        done < <({CHANNELS})
    fi
}}
complete -o default -F _hobnob hobnob"""


def zsh() -> str:
    """For zsh, whose shell of bash completions serves."""
    return f"autoload -U +X bashcompinit && bashcompinit\n{bash()}"


def fish() -> str:
    """For fish."""
    lines = ["complete -c hobnob -f"]
    lines += [f"complete -c hobnob -n __fish_use_subcommand -a {first}" for first in firsts()]
    for verb in VERBS:
        first, _, second = verb.name.partition(" ")
        seen = f"__fish_seen_subcommand_from {first}"
        if second:
            lines.append(f"complete -c hobnob -n '{seen}' -a {second} -d '{_quoted(verb.help)}'")
            seen = f"__fish_seen_subcommand_from {second}"
        for argument in (*verb.arguments, *COMMON):
            if argument.option:
                name = argument.flag.removeprefix("--")
                lines.append(
                    f"complete -c hobnob -n '{seen}' -l {name} -d '{_quoted(argument.help)}'"
                )
            for word in argument.choices:
                lines.append(f"complete -c hobnob -n '{seen}' -a {word}")
        if takes_channel(verb):
            lines.append(f"complete -c hobnob -n '{seen}' -a \"({CHANNELS})\"")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return text.replace("'", "\\'")
