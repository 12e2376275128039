"""As much of a Zulip server as zulip-term needs to start, show a stream, and hear what is said.

The replies hold what its API documents for them, cut to what this client reads.
"""

import json
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Condition, Thread
from typing import Any, Final
from urllib.parse import parse_qs, urlparse

from tests.benchmarks.community import WRITERS

STREAMS: Final = ("general", "room")
KEPT: Final = 1_000
"""Messages that can be asked for; it asks for some dozens."""
POLL_SECONDS: Final = 20.0
NEWEST: Final = 10_000_000_000_000_000
"""How its API says "the newest message"."""
_ME: Final = 1_000
_VERSION: Final = {"zulip_version": "6.0", "zulip_feature_level": 160}


class ZulipServer:
    """On a port of the loopback; it begins with these texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._ids = count(1)
        self._messages: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._events: list[dict[str, Any]] = []
        self._moved = Condition()
        for text in texts:
            self._messages.append(self._message(text))
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._answer))
        server.daemon_threads = True
        self._server = server
        self.port: Final[int] = server.server_address[1]
        Thread(target=server.serve_forever, name="zulip", daemon=True).start()

    def say(self, text: str) -> None:
        """Somebody says something in the first stream."""
        with self._moved:
            message = self._message(text)
            self._messages.append(message)
            event: dict[str, Any] = {
                "type": "message",
                "message": message,
                "flags": [],
                "id": message["id"],
            }
            self._events.append(event)
            self._moved.notify_all()

    def close(self) -> None:
        """Nobody is answered any more."""
        self._server.shutdown()
        self._server.server_close()

    def _message(self, text: str) -> dict[str, Any]:
        nth = next(self._ids)
        author = nth % WRITERS
        lines = "</p><p>".join(text.split("\n\n"))
        return {
            "id": nth, "type": "stream", "stream_id": 1, "display_recipient": STREAMS[0],
            "subject": "talk", "topic_links": [], "content": f"<p>{lines}</p>",
            "content_type": "text/html", "timestamp": int(time.time()), "client": "bench",
            "sender_id": author, "sender_full_name": f"member{author}",
            "sender_email": f"member{author}@bench.example", "sender_realm_str": "",
            "avatar_url": None, "is_me_message": False, "reactions": [], "submessages": [],
            "flags": ["read"], "recipient_id": 1,
        }  # fmt: skip

    def _answer(self, verb: str, path: str, given: dict[str, str]) -> dict[str, Any]:
        if path.endswith("/register"):
            return self._registered()
        if path.endswith("/events"):
            return {"events": self._newer(int(given.get("last_event_id", "-1")))}
        if path.endswith("/messages") and verb == "GET":
            return self._page(int(given.get("num_before", "0")))
        if path.endswith("/presence"):
            return {"presences": {}}
        if path.endswith("/topics"):
            return {"topics": [{"name": "talk", "max_id": 1}]}
        if path.endswith("/server_settings"):
            return {**_VERSION, "realm_name": "bench", "authentication_methods": {}}
        return {}

    def _page(self, before: int) -> dict[str, Any]:
        with self._moved:
            some = list(self._messages)[-max(1, before) :]
        return {
            "messages": some, "anchor": NEWEST, "found_anchor": True, "found_newest": True,
            "found_oldest": False, "history_limited": False,
        }  # fmt: skip

    def _newer(self, last: int) -> list[dict[str, Any]]:
        with self._moved:
            end = time.monotonic() + POLL_SECONDS
            while (left := end - time.monotonic()) > 0:
                # They come in the order of their ids.
                found: list[dict[str, Any]] = []
                for event in reversed(self._events):
                    if event["id"] <= last:
                        break
                    found.append(event)
                if found:
                    return found[::-1]
                self._moved.wait(left)
        return []

    def _registered(self) -> dict[str, Any]:
        last = self._messages[-1]["id"]
        return {
            **_VERSION, "queue_id": "1", "last_event_id": last, "max_message_id": last,
            "user_id": _ME, "email": "reader@bench.example", "full_name": "reader",
            "realm_name": "bench", "realm_uri": "", "presences": {}, "muted_topics": [],
            "subscriptions": [_stream(nth, name) for nth, name in enumerate(STREAMS, 1)],
            "unsubscribed": [], "never_subscribed": [], "starred_messages": [],
            "realm_users": [*(_user(nth, f"member{nth}") for nth in range(WRITERS)),
                            _user(_ME, "reader")],
            "realm_non_active_users": [], "cross_realm_bots": [], "realm_user_groups": [],
            "realm_emoji": {}, "realm_message_retention_days": -1, "twenty_four_hour_time": True,
            "pm_content_in_desktop_notifications": True, "max_message_length": 10_000,
            "max_topic_length": 60, "max_stream_name_length": 60,
            "max_stream_description_length": 1_024, "realm_allow_message_editing": True,
            "realm_message_content_edit_limit_seconds": 0, "realm_allow_edit_history": True,
            "unread_msgs": {"streams": [], "pms": [], "huddles": [], "mentions": [], "count": 0},
            "user_settings": {"send_private_typing_notifications": False,
                              "twenty_four_hour_time": True,
                              "pm_content_in_desktop_notifications": True},
        }  # fmt: skip


def _stream(nth: int, name: str) -> dict[str, Any]:
    return {
        "stream_id": nth, "name": name, "color": "#76ce90", "invite_only": False,
        "description": "", "rendered_description": "", "is_muted": False, "in_home_view": True,
        "pin_to_top": False, "subscribers": [*range(WRITERS), _ME], "is_web_public": False,
        "desktop_notifications": False, "audible_notifications": False, "email_address": "",
        "message_retention_days": None, "history_public_to_subscribers": True, "role": 50,
        "stream_post_policy": 1, "first_message_id": 1, "date_created": 1,
        "stream_weekly_traffic": 1, "is_announcement_only": False, "push_notifications": False,
        "email_notifications": False, "wildcard_mentions_notify": None,
    }  # fmt: skip


def _user(nth: int, name: str) -> dict[str, Any]:
    return {
        "user_id": nth, "full_name": name, "email": f"{name}@bench.example", "is_bot": False,
        "is_active": True, "is_admin": False, "is_owner": False, "is_guest": False, "role": 400,
        "avatar_url": None, "timezone": "", "date_joined": "", "bot_type": None,
    }  # fmt: skip


def _handler(
    answer: Callable[[str, str, dict[str, str]], dict[str, Any]],
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # The standard library asks for this name.
            self._do("GET")

        def do_POST(self) -> None:  # The same.
            self._do("POST")

        def do_PATCH(self) -> None:  # The same.
            self._do("PATCH")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is written about it."""

        def _do(self, verb: str) -> None:
            place = urlparse(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            fields = parse_qs(place.query) | parse_qs(body)
            found = answer(verb, place.path, {name: each[0] for name, each in fields.items()})
            data = json.dumps({"result": "success", "msg": "", **found}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(ConnectionError):  # It may have been ended meanwhile.
                self.wfile.write(data)

    return Handler
