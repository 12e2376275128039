"""The stretches of time that a board can be of; who only names one need not know the questions."""

from typing import Final

PERIODS: Final = ("week", "season", "year", "all")
