"""All texts of the screen, in English and German; the English text in the code is the key.

    t("Nothing was said here on {day}.", day=day)   a text, in the member's language
    n("{count} hit", "{count} hits", count)         one or several; {count} is the number
    WORD = later("Not sent")                        in a constant; t(WORD) where it is shown
    date_long(day), number(12_345)                  as the language writes them
    clock(moment)                                   as the member reads clocks

The German stands in `de/AREA.toml`, one file an area, each key once:

    "Not sent" = "Nicht gesendet"
    "{count} hit" = ["{count} Treffer", "{count} Treffer"]

It says du, and names nobody by a masculine form. A text without German is shown in English, and
`tests/repository/test_texts.py` fails for it, as for one on the screen that is not here. What the
log and the shell say is English and no part of this.
"""

from hobnob_client.catalogue.calendar import date_long, date_short, decimal, number
from hobnob_client.catalogue.clock import Clock, clock, clock_cells, keep_time, keeping_time
from hobnob_client.catalogue.keyboard import english_word, key_words
from hobnob_client.catalogue.language import Language, chosen
from hobnob_client.catalogue.speaking import language, later, n, quoted, speak, speaking, t

__all__ = [
    "Clock",
    "Language",
    "chosen",
    "clock",
    "clock_cells",
    "date_long",
    "date_short",
    "decimal",
    "english_word",
    "keep_time",
    "keeping_time",
    "key_words",
    "language",
    "later",
    "n",
    "number",
    "quoted",
    "speak",
    "speaking",
    "t",
]
