"""Every bound of recognition on a running hub, with its reason."""

from typing import Final

SETTLED_MS: Final = 2_000
"""Events younger than this wait: whatever has their millisecond is committed by then. What is not
makes all be read anew; a commit that takes longer does not, for later ones wait for it."""
CHUNK_ROWS: Final = 200
"""Rows of one stream that are read at once."""
SLICE_EVENTS: Final = 2_000
"""Events between two looks whether somebody asks: some tenths of a second."""
REST_SECONDS: Final = 5.0
"""How often the log is looked at while nobody asks."""
PATIENT_SECONDS: Final = 2.0
"""So long one who asks is kept waiting for the counting to come abreast; then: ask again later."""
NICE: Final = 10
"""How far the counting gives way to the hub itself."""
ROWS_MAX: Final = 50
"""Rows of a board, from the top: a screen and a half; one's own comes beside them."""
LINES_MAX: Final = 64
"""Lines of a row that is unfolded, the largest first."""
EVENTS_MAX: Final = 8
"""Events told of one line or badge, the newest; the rest is counted."""
ASKING_MAX: Final = 32
"""Questions that wait for the one process; who comes then is told to ask later."""
ANSWER_SECONDS: Final = 30.0
"""A process that has not answered for so long is ended, and begun anew by the next question."""
TURN_SECONDS: Final = 15.0
"""So long a question waits for its turn: it is told to ask later before whoever asks gives up."""
REST_MS: Final = 1_000
REST_MS_MAX: Final = 300_000
"""Before a process that failed is begun anew, which counts all of the log once more: twice as long
each time."""
DOUBLINGS_MAX: Final = 16
TALLY_KEPT_MS: Final = 5_000
"""So long the scores of a period are told again without counting anew."""
UNREAD_TOLD_MAX: Final = 20
"""Events that cannot be read which are told to the operator, one by one."""
