"""Every bound of the protocol and the engines, each with its reason.

One rule, one place: code, specification and tests read the bounds from here.
Units stand last in a name; a bound is inclusive.
"""

from typing import Final

# Codec (DESIGN §12): what one MessagePack value may hold.
DEPTH_MAX: Final = 16
"""Deep enough for every frame (the deepest is 4), shallow enough for any stack."""
ITEMS_MAX: Final = 4_096
"""All objects of one value: stops a small frame from growing 75-fold in memory."""
ARRAY_ITEMS_MAX: Final = 1_024
"""Elements of one array: a page of 500 events is 1,000."""
MAP_ITEMS_MAX: Final = 64
"""Pairs of one map: maps are for small open sets only."""

# Sizes in bytes.
FRAME_BYTES_MAX: Final = 65_536
"""One WebSocket message after login."""
PREAUTH_FRAME_BYTES_MAX: Final = 8_192
"""One WebSocket message before login: a stranger gets little memory."""
PREAUTH_FRAMES_MAX: Final = 4
"""Frames a stranger may send before it must have logged in."""
BODY_BYTES_MAX: Final = 16_384
"""One event's body: a long post with code fits, a file does not."""
LINK_BYTES_MAX: Final = 2_048
"""One link of an account's chain: a seal key of 1,216 bytes and two keys fit."""
CARRY_BYTES_MAX: Final = 1_024
"""What one device hands another at a slot: an account's place, or a key with its proof."""
HEADER_BYTES_MAX: Final = 128
"""One event's header: the largest possible one has 85 bytes."""
EVENT_BYTES_MAX: Final = BODY_BYTES_MAX + HEADER_BYTES_MAX + 128
"""One event as it travels: header, body, salt, signature and their framing."""
PAGE_BYTES_MAX: Final = 55_296
"""Event bytes of one page: with `PAGE_EVENTS_MAX` times beside them it stays under 60 KiB, which
leaves room in a frame for its context."""
PAGE_EVENTS_MAX: Final = 500
"""Events of one page."""

# Text in characters.
POST_TEXT_MAX: Final = 12_000
"""A post: its UTF-8 fits a body unless it is all emoji, which the body bound then stops."""
TITLE_TEXT_MAX: Final = 120
"""A thread's title: one line on a wide terminal."""
NAME_TEXT_MAX: Final = 64
"""A channel's or a hub's name."""
DEVICE_NAME_TEXT_MAX: Final = 40
"""A device's name, beside what it does on a line of a terminal."""
PURPOSE_TEXT_MAX: Final = 500
"""What a channel is for."""
REASON_TEXT_MAX: Final = 500
"""Why a moderator acted, or what a report says."""
EMOJI_TEXT_MAX: Final = 32
"""A reaction: one grapheme or a short name."""
THANKS_TEXT_MAX: Final = 200
"""What somebody is thanked for: one line of a terminal or two."""
FIELD_NAME_MAX: Final = 32
"""The name of a profile field."""
FIELD_TEXT_MAX: Final = 2_000
"""The value of a profile field."""
SOURCE_TEXT_MAX: Final = 128
"""The name of an import's source, and an id within it: ids of known sources have at most 64."""
HANDLE_TEXT_MAX: Final = 32
"""A handle: ASCII, so bytes are characters."""
OPTION_TEXT_MAX: Final = 200
"""One option of a poll."""
CODE_TEXT_MAX: Final = 32
"""A code in an answer or a BYE."""
CLIENT_TEXT_MAX: Final = 64
"""A program's name and version in HELLO."""

# Counts in events and frames.
MENTIONS_MAX: Final = 10
"""Accounts one post may mention: stops a mention storm."""
OPTIONS_MAX: Final = 20
"""Options of one poll."""
REFERENCES_MAX: Final = 16
"""Source messages one imported message may refer to."""
EXTRA_FIELDS_MAX: Final = 32
"""Fields of a source's message hobnob has no name for."""
IMPORTED_REACTIONS_MAX: Final = 32
"""Sorts of reactions an imported message shows."""
IMPORTED_MEMBERS_MAX: Final = 64
"""Members told of in one event: with all their fields they keep `ITEMS_MAX`."""
MEMBER_FIELDS_MAX: Final = 16
"""Fields of a source's member hobnob has no name for."""
CONVERSATION_MEMBERS_MAX: Final = 32
"""Members of one conversation: each message is sealed to all their devices."""
PUSH_EVENTS_MAX: Final = 64
"""Events of one PUSH or OFFER: bounds the work of one frame."""
OPEN_STREAMS_MAX: Final = 128
"""Streams of one OPEN."""
GRANTS_MAX: Final = 48
"""Entries of one GRANTS frame: with a fork for every epoch of the lineage they keep `ITEMS_MAX`."""
MEMBER_STREAMS_MAX: Final = 1_000
"""Streams one account may hold: bounds login and memory per member."""
MET_STREAMS_MAX: Final = 800
"""... of which nobody else begins a conversation with it beyond so many: the rest is for what its
member does."""
ADDED_STREAMS_MAX: Final = 500
"""... and nobody else puts it into a group beyond so many: one account can found any number of
groups, and begin one conversation with each."""
AUTO_JOIN_MAX: Final = 256
"""Channels a newcomer is put into, the oldest of those that are to be joined: bounds what one login
writes, and leaves room for as many others."""
CHAIN_LINKS_MAX: Final = 256
"""Links of one account's chain."""
DEVICES_MAX: Final = 8
"""Active devices of one account."""
PAPER_KEYS_MAX: Final = 2
"""Active recovery keys on paper of one account: one at home, one elsewhere."""
SSH_KEYS_MAX: Final = 4
"""Active SSH keys of one account that may recover it."""
VETO_SECONDS: Final = 86_400
"""A device that an SSH key without a touch has named waits so long: a day, in which whoever has one
of the account's devices at hand sees it and says no."""
RESEAT_SECONDS: Final = 259_200
"""A handle is given to another account so long after that was announced: three days, in which its
owner may turn up, and everybody can object."""
SSH_KEY_BYTES_MAX: Final = 768
"""An SSH public key: RSA's of 4,096 bits has 535."""
SSH_SIGNATURE_BYTES_MAX: Final = 640
"""A signature as SSH writes it: RSA's of 4,096 bits has 532."""
RSA_BITS_MIN: Final = 3_072
"""Fewer are as weak as what nobody would choose today (NIST SP 800-57: 128 bits of strength)."""
RSA_BITS_MAX: Final = 4_096
"""More would not fit a link beside their signature."""
MEETINGS_MAX: Final = 16
"""Slots of a hub at once: with two connections each they leave strangers room to log in."""
CARRIES_MAX: Final = 2
"""Messages of each side at a slot: with HELLO and its own frame as many as a stranger may send."""
LATER_MS: Final = 2_592_000_000
"""Thirty days after a loss nobody waits any more for what another might bring: one's own words that
stand on it are refused, and their author sees them."""
LINEAGE_MAX: Final = 64
"""Epochs a hub remembers."""
CONTEXT_EVENTS_MAX: Final = 64
"""Thread roots and titles that travel beside one page."""
TAIL_EVENTS: Final = 50
"""Newest events a client asks for first: a tall terminal and a half."""

QUESTION_BYTES_MAX: Final = 512
"""A question of a member: a period, a channel, twelve accounts."""
ANSWER_BYTES_MAX: Final = 57_344
"""Its answer: it leaves room in a frame."""
ANSWER_ROWS_MAX: Final = 128
"""Rows, lines, sorts or badges of one answer."""
WORDS_TEXT_MAX: Final = 120
"""What counts for a badge, in one sentence."""
CERTIFICATES_MAX: Final = 8
"""Certificates a hub accepts at once: the present, the previous, and its proxies'."""
VERSIONS_MAX: Final = 8
"""Protocol versions a client may offer."""
INVITE_BYTES_MAX: Final = 4_096
"""An invite's secret, or the enrol event that stands in for one."""
INVITE_SECRET_BYTES_MIN: Final = 16
"""An invite's secret in a link: nobody guesses 128 bits."""
INVITE_SECRET_BYTES_MAX: Final = 64
"""... and a link stays short enough to be copied by hand."""
HUB_INVITES_OPEN_MAX: Final = 3
"""A member's invites that may still let somebody in: who brings abusers brings few."""
HUB_INVITE_USES_MAX: Final = 20
"""So many come in by one of them: a team; for a crowd the operator makes one."""
HUB_INVITE_HOURS_MAX: Final = 720
"""So long does one of them work: what lies in an old mail for months opens no door."""

# Sealing.
SEALED_BYTES_MAX: Final = 15_872
"""A sealed text with its padding: the longest padded length that fits a body."""
SEALED_PADDING_MIN: Final = 64
"""The shortest padded length: yes and no look alike."""
SLICES_MAX: Final = 12
"""Slices of one start: with the heads of 32 members they fit a body."""
START_PARTS_MAX: Final = 22
"""Starts of one session: 32 members of 8 devices each need so many."""
SESSION_MESSAGES_MAX: Final = 100
"""Messages of one session: what a stolen chain key opens."""
SESSION_SECONDS: Final = 86_400
"""How long one session is used."""
SKIPS_MAX: Final = 1_000
"""Messages of one session that may be missing: bounds the work and memory one message asks for."""
SESSIONS_MAX: Final = 1_024
"""Sessions of one conversation held open to read; an older one opens again by its start."""
SEAL_KEY_SECONDS: Final = 86_400
"""How long a seal key is the one to seal to, while its device is online."""
SEAL_KEY_KEPT_SECONDS: Final = 172_800
"""How long a seal key is kept after its successor: a session that began with it is over by then."""
SEAL_STEPS_MAX: Final = 1_024
"""Steps a restored device goes to the seal key it published last: almost three years of days."""
SEAL_AHEAD_SECONDS: Final = 600
"""A seal record further ahead of the hub's clock is not kept: its device could not replace it."""
WANTED_ACCOUNTS_MAX: Final = 32
"""Accounts of one WANT: the members of the largest conversation."""
RECORDS_MAX: Final = WANTED_ACCOUNTS_MAX * DEVICES_MAX
"""Seal records of one RECORDS: the frame's own bound, of some 47, comes first."""
UNSEEN_SECONDS: Final = 3_888_000
"""45 days: a device whose seal key is older is not sealed to until it comes back."""
GROUP_LINKS_MAX: Final = 1_024
"""Changes of the members of one group."""

# What is private to one account.
PRIVATE_NAME_BYTES_MAX: Final = 128
"""The name of a private cell: what it is, a stream, a thread, and room."""
PRIVATE_CELLS_MAX: Final = 256
"""Private cells of one account that hold something: all are sealed anew when a device comes or
goes, in a minute."""
PRIVATE_AHEAD_MS: Final = 600_000
"""A private cell whose number is further ahead of its place in the log is not taken: no other
device could write after it."""
PRIVATE_IDLE_SECONDS: Final = 5
"""What is private is sealed when it has not changed for so long: typing is not told by it."""
PRIVATE_PACE_SECONDS: Final = 30
"""... and so long after what was sealed last: the hub learns little of when somebody writes."""

# Integers.
SEQ_MAX: Final = 2**53 - 1
"""Sequences and counters: exact in every language's numbers."""
TIME_MS_MAX: Final = 2**53 - 1
"""Times in milliseconds since 1970."""
TIME_SECONDS_MAX: Final = TIME_MS_MAX // 1_000
"""Times in seconds since 1970: the same range, coarser."""
KIND_MAX: Final = 65_535
"""Kind numbers: at most three bytes on the wire; 0 is never a kind."""

# Time.
HANDSHAKE_SECONDS: Final = 10.0
"""A login from first byte to WELCOME."""
MEETING_SECONDS: Final = 120.0
"""A slot from its device's frame to the end: eight words are typed and three compared by then."""
PING_SECONDS: Final = 50.0
"""A client speaks at least this often: under every common NAT timeout."""
PONG_SECONDS: Final = 15.0
"""A client waits this long for an answer before it calls the link dead."""
SILENCE_SECONDS: Final = 110.0
"""A hub drops a client it has not heard for this long: two pings and some room."""
STALL_SECONDS: Final = 10.0
"""A congested reader without progress for this long is told BYE slow."""
CHECKPOINT_EVENTS: Final = 256
"""A stream's checkpoint is signed at the latest after so many events."""
CHECKPOINT_SECONDS: Final = 60.0
"""... or so long after an event."""

# Flow.
CREDIT_BYTES: Final = 262_144
"""Page bytes that may be under way to one client."""
EVENT_COST_BYTES: Final = 16
"""What an event costs of the credit beside its own bytes: its stamp and its framing."""
BACKLOG_BYTES_MAX: Final = 65_536
"""Bytes the hub lets one transport hold beyond its socket."""
BACKFILL_SHARE: Final = 20
"""Every so-manieth page goes to backfill though others wait: 5 %."""
BACKFILLS_MAX: Final = 16
"""Streams of which one client may have history requests waiting."""

# Budget (DESIGN §12): a token bucket per account; paging costs nothing.
BUDGET_CAPACITY: Final = 40.0
"""Tokens a quiet member has."""
BUDGET_PER_SECOND: Final = 4.0
"""Tokens a member gets back a second."""
BOT_BUDGET_PER_SECOND: Final = 10.0
"""Tokens a bot gets back a second."""

# Who is here and writes: never kept, never acknowledged.
TYPING_PACE_MS: Final = 5_000
"""A client tells at most so often that somebody writes in a stream."""
TYPING_SHOWN_MS: Final = 6_000
"""... and forgets what it was told of others after so long."""
TYPING_FOLLOWERS_MAX: Final = 64
"""Where more follow a stream nobody is told who writes: it would cost more than the message."""
SHOWN_FIRST_MS: Final = 2_000
"""So long whoever asks who is here has been shown themselves, before they are told."""
PRESENT_ACCOUNTS_MAX: Final = 256
"""Accounts of one WHOIS: what a person reads through, in 6 kB."""
WHO_PACE_MS: Final = 30_000
"""A client asks at most so often who of a stream is here."""

# Connections at once; config keys of a hub, these are their defaults.
ACCOUNT_CONNECTIONS_MAX: Final = 8
"""Of one member: each device has one."""
BOT_CONNECTIONS_MAX: Final = 2
"""Of one bot: a second one takes over while the first still stops."""

# Outbox.
OUTBOX_EVENTS_MAX: Final = 10_000
"""Events that may wait offline."""
OUTBOX_BYTES_MAX: Final = 33_554_432
"""Bytes that may wait offline."""
TRAY_EVENTS_MAX: Final = 1_000
"""Refused events kept for the person to see; the oldest beyond it stay in the log file."""

# Asking for help (community.md §2.3): what one person takes in a week, and what stays how long.
LOAD_WEEK_MS: Final = 604_800_000
"""Seven days to the millisecond: a limit holds in every such stretch, wherever it begins."""
ASKS_MAX: Final = 30
"""Requests a person can choose to take in a week: more is no choice but a queue."""
ASKS_DEFAULT: Final = 5
"""... and takes who has not chosen."""
SHOWS_MAX: Final = 30
"""Times a week a person can choose to be shown to others who need somebody."""
SHOWS_DEFAULT: Final = 10
"""... and is shown who has not chosen: two for each request taken."""
SHOWN_AT_ONCE: Final = 3
"""People one is shown for a need: more are compared instead of asked."""
OFFERED_MAX: Final = 12
"""People a device names to the hub, best first, to have three of them reserved."""
OFFLINE_SHOWS_MAX: Final = 6
"""People a device may show in a week without having asked the hub: two needs."""
SHOWN_TO_ONE_MAX: Final = 60
"""Different people one is shown in a week: twenty needs, and no way to list a community."""
ASKED_BY_ONE_MAX: Final = 10
"""Requests one person makes in a week, not counting those that follow upon one that expired."""
WELCOME_FILE_BYTES_MAX: Final = 16_384
"""The questions that a hub has its newcomers asked: four, with a few answers to each."""
MATCH_FILE_BYTES_MAX: Final = 16_384
"""The rules of matching that a hub has its devices rank by: a line for each, and words about it."""
MATCH_QUESTION_TEXT_MAX: Final = 120
"""How they have something asked: two lines of a small terminal."""
MATCH_PRICE_MAX: Final = 2.0
"""What a show may add to the price of the next."""
MATCH_WEIGHT_MAX: Final = 100.0
"""A weight, above or below 0."""
BUDDIES_ASKED_MAX: Final = 3
"""Buddies a newcomer asks, one after the other: then whoever cares for the place takes over."""
REQUEST_OPEN_MS: Final = 172_800_000
"""A request waits 48 hours for its answer, then the next person is offered."""
HELPED_AFTER_MS: Final = 604_800_000
"""So long after a request was accepted the asker is asked whether it helped."""
REQUEST_KEPT_MS: Final = 2_592_000_000
"""Thirty days after it was made a hub forgets a request, whatever came of it."""
