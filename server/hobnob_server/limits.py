"""Every bound of the hub's shell, each with its reason; what an operator may move is a setting.

The protocol's and the engines' own bounds are in `hobnob_protocol.limits`.
"""

from typing import Final

from hobnob_protocol.limits import BACKLOG_BYTES_MAX

# The writer.
BATCH_BYTES_MAX: Final = 262_144
"""Frames of one commit: some 1,300 events at most, whose signatures are checked in about 0.1 s."""
AHEAD_CLAIMS_MIN: Final = 8
"""Signatures of one commit that make it a crowded one: half a millisecond of work at least."""
SECOND_CLAIMS: Final = 1_000
"""Signatures of crowded commits, one after the other, that are worth a second process: some tenth
of a second of checks, which is what it takes to start it, and 25 MB."""
SECOND_ASKED_MAX: Final = 512
"""Signatures the second process is asked about at once: the ten milliseconds in which a commit is
written or the next one is read, and nobody asks it anything."""
SECOND_ASKED_SOON: Final = 16
"""... while a step checks some itself and asks it more whenever it has: what both are at is checked
twice."""
ALONE_CLAIMS: Final = 4
"""Signatures a step checks itself before it listens to the second process again, which has then
checked as many: to listen and to ask costs both a call to the system."""
WAIT_CLAIMS_MIN: Final = 64
"""Signatures of one commit that make it wait for the second process: seven milliseconds of checks.
Of fewer both check some, which is sooner; where there are more the hub has no time for it."""
WAIT_SECONDS: Final = 0.1
"""How long a step waits for the second process in all, which is less than it takes to check a full
commit alone. For one that says nothing no other step waits until it has said something."""
FORESEEN_AT_ONCE: Final = 32
"""Inputs of the next batch that are read before the second process is asked about them."""
SECOND_END_SECONDS: Final = 2.0
"""The second process ends after the check it is at; then it is ended."""
INPUT_BYTES: Final = 256
"""What an input that is no frame counts for in a batch."""
COLLECT_OBJECTS: Final = 100_000
"""New objects between two looks for garbage in cycles, of which there is hardly any: more than full
commits and what waits for the next one hold, some 10 MB. Python's 700 would look at them a hundred
times while they are all in use."""
NEEDS_ROUNDS_MAX: Final = 4
"""A step asks the store at most so often: what is named, then what that points at."""
FULL_SECONDS: Final = 5.0
"""After a full disk the hub only reads for so long, then tries again; twice as long each time."""
FULL_SECONDS_MAX: Final = 80.0
"""... but no longer: whoever makes room need not wait for long."""

# Connections.
READ_AHEAD_BYTES: Final = 131_072
"""Frames of one connection that wait for the writer: two of the largest; then it is not read."""
READ_BYTES: Final = 65_536
"""What is read of a connection at once, without TLS: the largest frame. For asyncio's own 256 KiB
the C library maps memory anew at each read, which costs more than taking a small frame does."""
UNREAD_BYTES_MAX: Final = 262_144
"""What a transport may hold when answers come on top of `BACKLOG_BYTES_MAX`: whoever asks this much
and reads nothing is cut off."""
SLICE_BYTES: Final = 2_048
"""Bytes given to the WebSocket parser at once: a flood is noticed after at most 341 frames."""
SLICE_BYTES_MIN: Final = 128
"""... and after a slice of many frames: 21 at most."""
TURN_FRAMES: Final = 64
"""Frames of one connection after which others have their turn: under a millisecond. What came
together should be committed together, so it is not less."""
FLOOD_SECONDS: Final = 60.0
"""How long an account that was cut off for too many frames is one that has flooded: whatever it
logs in with waits, and begins with few frames."""
FLOODED_SECONDS: Final = 2.0
"""... so long, until the next look at deadlines."""
FLOODED_FRAMES: Final = 20
"""... and with so many: to log in and go on takes less."""
OPEN_SECONDS: Final = 5.0
"""From a connection to its WebSocket request."""
CLOSE_SECONDS: Final = 3.0
"""From our BYE to the end of the connection."""
DRAIN_SECONDS: Final = 5.0
"""How long a stopping hub waits for its last bytes to leave."""
SWEEP_SECONDS: Final = 1.0
"""How often deadlines are looked at."""
LISTEN_BACKLOG: Final = 1_024
"""Connections the kernel keeps for us: a community that comes back all at once."""
TLS_BUFFER_BYTES: Final = 16_384
"""One TLS record; the default of 256 KiB costs that much for every connection."""

# A frame for many.
RING_SENDS: Final = 1_024
"""Sends of one call to the system: 120 KB of memory shared with it."""
RING_DATA_BYTES: Final = BACKLOG_BYTES_MAX + 16
"""What a transport may hold, and one largest frame with its head."""
RING_SOCKETS_MIN: Final = 32
"""Below so many sockets a call for each is as cheap."""
RING_TRIES: Final = 3
"""Calls in which the system takes none of our sends, before it is asked for each by itself."""

# Failed logins by address: the address waits, never the account, so nobody is locked out.
LOGIN_FAILURES_MAX: Final = 10
"""Within `LOGIN_FAILURE_SECONDS`."""
LOGIN_FAILURE_SECONDS: Final = 600.0
"""How long a failure counts."""
LOCKOUT_SECONDS: Final = 900.0
"""How long an address that failed too often is turned away."""
ADDRESSES_MAX: Final = 4_096
"""Addresses whose failures are remembered; the oldest are forgotten first."""

# Files.
CONFIG_BYTES_MAX: Final = 65_536
"""A configuration is small."""
KEY_FILE_BYTES_MAX: Final = 256
"""A key file holds one line."""
CERTIFICATE_BYTES_MAX: Final = 1_048_576
"""A chain of certificates."""

# Control.
CONTROL_LINE_BYTES_MAX: Final = 65_536
"""One request or answer on the control socket is one line."""
CONTROL_SECONDS: Final = 60.0
"""How long a verb waits for a running hub."""
REPORTS_MAX: Final = 50
"""Reports shown at once, the newest."""
REPORTS_READ_MAX: Final = 5_000
"""Events of the moderators' stream looked through for them."""

# Invites.
INVITE_SECRET_BYTES: Final = 16
"""128 bits: nobody guesses it."""
OWNER_INVITE_HOURS: Final = 24.0
"""An owner's invite ends soon: whoever holds it owns the hub."""
INVITE_HOURS: Final = 168.0
"""A member's invite, if nothing else is said: a week."""
INVITE_HOURS_MAX: Final = 8_760.0
"""A year."""
INVITE_USES_MAX: Final = 10_000
"""A link for a whole conference."""

# Import and export.
RECORD_BYTES_MAX: Final = 1_048_576
"""One line of an archive; the largest message known has a tenth of it."""
UNPACKED_RATIO_MAX: Final = 100
"""Bytes that a packed file of an archive may unpack to for each of its own. What people write packs
to a tenth, seldom to a thirtieth; a bomb to a thousandth."""
UNPACKED_FREE_BYTES: Final = 16_777_216
"""... beyond these, which cost nobody anything: a small archive may repeat itself."""
UNPACKED_BYTES_MAX: Final = 2_147_483_648
"""What one packed file may unpack to in all. One that is not packed has its size for all to see."""
SORT_BYTES: Final = 33_554_432
"""Records that are sorted in memory at once."""
IMPORT_EVENTS_MAX: Final = 2_048
"""Events of one commit of an import: an fsync is spread over so many, and a kill undoes no more."""
IMPORT_BYTES_MAX: Final = 4_194_304
"""... or bytes."""
PROBLEMS_SHOWN_MAX: Final = 1_000
"""Bad lines that are told one by one; all are counted."""
