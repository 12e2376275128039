"""Where the words of a text begin and end, as readline counts them: each step looks at a letter
once, however long and hostile what was pasted is."""


def blank_before(text: str) -> int:
    """Where the last piece between blanks begins, the blanks behind it left out of account; 0 where
    there is none."""
    written = text.rstrip()
    pieces = written.rsplit(maxsplit=1)
    return len(written) - len(pieces[-1]) if pieces else 0


def word_before(text: str) -> int:
    """Where the last word of letters, digits and _ begins; 0 where there is none."""
    place = len(text)
    while place and not _is_word(text[place - 1]):
        place -= 1
    while place and _is_word(text[place - 1]):
        place -= 1
    return place


def word_behind(text: str, start: int) -> int:
    """Where the first word behind `start` ends; the end of the text where there is none."""
    place = start
    while place < len(text) and not _is_word(text[place]):
        place += 1
    while place < len(text) and _is_word(text[place]):
        place += 1
    return place


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
