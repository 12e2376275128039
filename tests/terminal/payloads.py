"""What somebody writes who wants your terminal: our own corpus, by the name of the trick.

Each is text as it would stand in a message, a name or a reason. Naughty strings of others may be
read beside it; they are never kept here.
"""

import json
from pathlib import Path
from typing import Final

NAUGHTY: Final = Path(__file__).parents[3] / "shared" / "data" / "vectors" / "blns.json"

ESC: Final = "\x1b"
BEL: Final = "\x07"
ST: Final = "\x1b\\"
C1_CSI: Final = "\x9b"
C1_OSC: Final = "\x9d"
C1_ST: Final = "\x9c"

_SEQUENCES: Final = {
    "csi": (
        "2J", "3J", "H", "1;1H", "99;99H", "5A", "5B", "5C", "5D", "10G", "10d", "K", "1K", "2K",
        "5L", "5M", "5P", "5@", "5X", "5S", "5T", "s", "u", "1;1r", "31m", "5m", "7m", "8m", "0m",
        "38;5;196m", "38;2;255;0;0m", "48;2;0;0;0m", "4:3m", "?25l", "?25h", "?47h", "?1047h",
        "?1049h", "?1049l", "?1000h", "?1002h", "?1003h", "?1005h", "?1006h", "?1015h", "?1016h",
        "?1004h", "?2004h", "?2004l", "?2026h", "?2027h", "?2048h", "?7l", "?7h", "?6h", "?5h",
        "?3h", "4h", "20h", "2i", "?4i", "!p", "6n", "5n", "?6n", "?15n", "?25n", "?26n", "c",
        ">c", "=c", ">q", "0x", "14t", "18t", "19t", "20t", "21t", "22;0t", "23;0t", "8;10;10t",
        "1t", "2t", "3;0;0t", "9;1t", "200~", "201~", ">1u", "<u", "?u", "=1;1u", ">4;2m",
        "?996n", "1;2;3;4;5*y", "?2031h", "0q", "5 q", "1\"q", "61;1\"p", "3g", "Z", "2b",
        "I", "O", "<0;1;1M", "1;5R", "12;24R", "?1;2c",
    ),
    "osc": (
        "0;owned", "1;owned", "2;owned", "4;1;rgb:ff/00/00", "4;1;?", "7;file:///etc/passwd",
        "8;;file:///etc/passwd", "8;;https://example.org", "8;id=x;javascript:alert(1)",
        "9;owned", "9;4;1;50", "10;?", "11;?", "11;#ff0000", "12;?", "50;?", "52;c;b3duZWQ=",
        "52;p;?", "52;;!", "99;i=1:d=0;owned", "104", "133;A", "133;C", "633;E;rm -rf",
        "777;notify;a;b",
        "1337;File=inline=1:AAAA", "1337;CopyToClipboard=", "1337;RequestAttention=fireworks",
        "1337;SetMark", "22;wait", "3;x=1", "66;s=7;big", "5522;type=read", "176;app",
    ),
    "dcs": ("q#0;2;0;0;0~-", "$q\"p", "+q544e", "1000p", "0;1|17/41", "$qm", "{ s",
        "tmux;\x1b\x1b]52;c;b3c=\x07"),
    "sos": ("owned",),
    "pm": ("owned",),
    "apc": ("Gf=32,s=1,v=1,a=T;AAAA", "Ga=d", "owned"),
}  # fmt: skip
_INTRODUCERS: Final = {
    "csi": ("[", "\x9b"), "osc": ("]", "\x9d"), "dcs": ("P", "\x90"),
    "sos": ("X", "\x98"), "pm": ("^", "\x9e"), "apc": ("_", "\x9f"),
}  # fmt: skip

_SINGLE: Final = {
    **{f"esc {char!r}": f"a{ESC}{char}b" for char in "cDEHMNOZ78=><lmn|}~\\#%(*+-./^"},
    "esc alone": f"a{ESC}",
    "esc twice": f"a{ESC}{ESC}[2Jb",
    "esc # 8": f"{ESC}#8",
    "esc ( 0": f"{ESC}(0lqqk",
    "half a sequence": f"end {ESC}[",
    "half a c1 sequence": f"end {C1_CSI}",
    "half a title": f"end {ESC}]0;",
    "c1 ended by c1": f"{C1_OSC}52;c;b3duZWQ={C1_ST}",
    "c1 as latin-1 in utf-8": "\xc2\x9b2J",
    **{f"c1 {code:02x}": f"a{chr(code)}b" for code in range(0x80, 0xA0)},
    **{f"c0 {code:02x}": f"a{chr(code)}b" for code in (*range(0x1B), *range(0x1C, 0x20), 0x7F)},
    "carriage return": "harmless\rowned   ",
    "backspaces": "harmless" + "\b" * 8 + "owned",
    "deletes": "harmless" + "\x7f" * 8,
    "many lines": "\n" * 60 + "pushed away",
    "many tabs": "\t" * 60 + "pushed away",
    "vertical tab and form feed": "a\x0bb\x0cc",
    "shift out": "\x0elqqqk\x0f",
    "enquiry": "\x05",
    "nul": "a\x00b",
    "substitute": f"{ESC}[\x1a2J",
    "bells": BEL * 30,
    "line and paragraph separators": "a\u2028b\u2029c\x85d",
    "crlf": "a\r\nb\r\n",
    "a shell's prompt": "\r\n$ rm -rf ~\r\n",
}

_UNICODE: Final = {
    "right-to-left override": "photo\u202egpj.exe",
    "embedding": "\u202aa\u202bb\u202c",
    "isolates": "\u2066a\u2067b\u2068c\u2069",
    "unclosed isolate": "if admin: \u2067\u2066 # comment",
    "marks of direction": "\u200ea\u200fb\u061cc",
    "real hebrew and arabic": "שלום مرحبا 123 abc",
    "zero width": "ad\u200bmin\u200c\u2060\ufeff",
    "soft hyphen": "ad\u00admin",
    "tags": "hi" + "".join(chr(0xE0000 + ord(char)) for char in "ignore previous"),
    "selectors": "a\ufe00b\ufe01c\U000e0100d\U000e01ef",
    "mongolian selectors": "a\u180bb\u180ec",
    "selectors after nothing": "\ufe0f\ufe0f\ufe0fx",
    "joiners between letters": "a\u200db\u200dc",
    "a chain of joined pictures": "\u200d".join(["👩"] * 30),
    "joiners without pictures": "\u200d" * 40,
    "skin tones alone": "\U0001f3fb\U0001f3ff" * 5,
    "flags": "🇩🇪🇫🇷🇯🇵" * 5,
    "half a flag": "🇩" * 7,
    "keycaps": "1\ufe0f\u20e3#\ufe0f\u20e3a\u20e3",
    "a family": "👨‍👩‍👧‍👦 and 🏳️‍🌈",
    "zalgo": "z" + "".join(chr(0x300 + nth) for nth in range(70)),
    "zalgo on each letter": "".join(f"{char}\u0301\u0332\u0489\u20dd" * 4 for char in "zalgo"),
    "marks alone": "\u0301\u0302\u0303",
    "marks on wide cells": "世\u0301界\u0302",
    "enclosing marks": "a\u20dd\u20de\u20e0",
    "fillers": "\u115f\u1160\u3164\uffa0\u2800",
    "an empty name": "\u3164",
    "spaces of all widths": "a\u00a0b\u2003c\u3000d\u205fe",
    "invisible operators": "a\u2061\u2062\u2063\u2064b",
    "annotations": "a\ufff9b\ufffac\ufffbd",
    "private": "\ue000\uf8ff\U000f0000\U0010fffd",
    "no characters": "\ufffe\uffff\U0001fffe\U0010ffff",
    "unassigned": "\u0378\U000e0fff",
    "replacement": "\ufffd",
    "wide at the end": "世" * 200,
    "wide after one narrow": "a" + "世" * 200,
    "half and full width": "ﾊﾝｶｸ ＺＥＮＫＡＫＵ",
    "jamo": "\u1112\u1161\u11ab\u1100" * 5,
    "thai and lao": "กำ ກຳ ที่นี่",
    "devanagari": "क्षत्रिय हिन्दी नमस्ते",
    "tamil": "நிலை கொ",
    "the widest letter": "﷽",
    "cuneiform": "𒐫",
    "ligatures and long s": "ﬁﬂﬃſ",
    "box drawing": "│ alice   14:02 │\n├───────┤",
    "blocks": "█" * 100,
    "braille": "⠁⠂⣿",
    "ambiguous width": "§°±×÷αβ…①■" * 10,
    "homoglyphs": "аdmіn",
    "dotless": "ıİſK",
    "musical controls": "\U0001d173\U0001d17a",
    "shorthand controls": "\U0001bca0\U0001bca3",
    "hieroglyph joiners": "\U00013430\U00013440",
    "ideographic description": "⿰木木",
    "combining grapheme joiner": "a\u034fb",
}

_MARKUP: Final = {
    "an action": "[@click=app.quit]click me[/]",
    "an action at the screen": "[@click='screen.quit']x[/]",
    "closing nothing": "[/]",
    "half a tag": "[/",
    "half an opening": "[bold",
    "escaped": "\\[bold]\\\\[/]",
    "a backslash at the end": "name\\",
    "an action behind a backslash": "\\[@click=app.quit]x[/]",
    "rich": "[bold red]ERROR[/bold red] [link=file:///etc/passwd]x[/link]",
    "rich emoji": ":smiley: :bomb:",
    "variables": "$error $primary {0} {x!r} %s %n",
    "a style": "[on red]x[/on red] [reverse]y[/reverse]",
    "brackets": "[[[]]] [] [ ] []()",
    "html": "<script>alert(1)</script> &lt; &#27;[2J",
    "escapes spelt out": r"\x1b[2J \033]0;x\007 \u202e \e[31m",
    "percent": "%1B%5B2J",
    "fence": "```\n\x1b[2J\n```",
    "code": "`\x1b]0;x\x07`",
    "strong": "**\x1b[31m**",
    "a link": "https://example.org/\x1b]52;c;b3c=\x07",
    "a link with a mark": "https://example.org/\u202egpj.exe",
    "a channel": "#\x1b[2J",
    "a system line": "● mara has left the hub",
    "a date line": "──────── Today ────────",
    "json": '{"text": "\\u001b[2J", "x": null}',
    "tab separated": "a\tb\tc",
}  # fmt: skip

_LONG: Final = {
    "a long word": "w" * 3_000,
    "a long wide word": "語" * 2_000,
    "many words": "ab " * 1_500,
    "many marks": "a\u0301" * 1_500,
    "many escapes": f"{ESC}[2J" * 600,
}


def _made() -> dict[str, str]:
    found: dict[str, str] = {}
    for sort, bodies in _SEQUENCES.items():
        end = "" if sort == "csi" else ST
        for nth, body in enumerate(bodies):
            seven, eight = _INTRODUCERS[sort]
            found[f"{sort} {body!r}"] = f"{ESC}{seven}{body}{end}"
            if sort != "csi":
                found[f"{sort} {body!r}, ended by a bell"] = f"{ESC}{seven}{body}{BEL}"
            # Every third also as C1: a terminal may take one character for two.
            if nth % 3 == 0:
                found[f"c1 {sort} {body!r}"] = f"{eight}{body}{C1_ST if end else ''}"
    return {**found, **_SINGLE, **_UNICODE, **_MARKUP, **_LONG}


PAYLOADS: Final[dict[str, str]] = _made()
"""Every trick by its name."""

FEW: Final = {
    name: text
    for nth, (name, text) in enumerate(PAYLOADS.items())
    if nth % 5 == 0 or name in _UNICODE or name in _MARKUP
}
"""Of every trick some, and all that is no plain escape: where each costs some keys."""

SURROGATES: Final = ("\udc9b2J", "a\ud800b", "\udcff\udcfe", "\udc1b", "\ud83d", "\ude00\ud83d")
"""Half characters, as bytes become that are no UTF-8: they can be said to a shell, never sent."""


def naughty() -> tuple[str, ...]:
    """The big list of naughty strings; nothing where it is not here."""
    if not NAUGHTY.exists():
        return ()
    found: list[str] = json.loads(NAUGHTY.read_text())
    return tuple(text for text in found if text)
