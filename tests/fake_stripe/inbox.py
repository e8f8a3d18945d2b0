"""Takes what Stripe posts, for tests that look at it."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class Inbox(ThreadingHTTPServer):
    """Takes what is posted to it; answers with the statuses a test lists, else 200."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taker)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/webhooks/stripe"
        self.taken: list[tuple[bytes, str]] = []
        self.answers: list[int] = []
        self.on_taken: Callable[[], object] = lambda: None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    @property
    def types(self) -> list[str]:
        """The types of what was taken, in the order it came."""
        return [json.loads(body)["type"] for body, _ in self.taken]


class _Taker(BaseHTTPRequestHandler):
    server: Inbox

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((body, self.headers["Stripe-Signature"]))
        self.server.on_taken()
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
