"""Speaks to a browser over two pipes (Chrome DevTools Protocol): nothing listens on any port."""

import json
import os
import select
from collections import deque
from contextlib import suppress
from typing import Any

from app.adapters.fetch.network import Deadline
from app.domain.fetching import NotFetched

_END = b"\0"
_PIECE = 1 << 16
_DIALOG = "Page.javascriptDialogOpening"

Facts = dict[str, Any]


class Hung(Exception):
    """The browser ended."""


class Refused(Exception):
    """A command was about something that is not there, or not any more."""


class DevTools:
    """One conversation with one browser, until its deadline."""

    def __init__(self, reading: int, writing: int, deadline: Deadline) -> None:
        self._reading, self._writing = reading, writing
        self._deadline = deadline
        self._waiting = select.poll()
        self._waiting.register(reading, select.POLLIN | select.POLLHUP)
        self._session: Facts = {}
        self._last = 0
        self._got = b""
        self._events: deque[Facts] = deque(maxlen=1000)

    def attach(self, target: str) -> None:
        """Speak to one page from now on."""
        told = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": told["sessionId"]}

    def ask(self, method: str, **params: Any) -> Facts:
        """The answer to a command; NotFetched where time is up."""
        number = self._send(method, params)
        while True:
            message = self._next(self._deadline)
            if message.get("id") == number:
                if "error" in message:
                    raise Refused(method)
                result: Facts = message["result"]
                return result
            self._note(message)

    def wait_for(self, method: str, seconds: float, **params: Any) -> bool:
        """Whether an event comes in time, or came already."""
        until = Deadline(self._deadline.left(seconds))
        with suppress(NotFetched):  # this wait is over, and the page goes on
            while not any(_is(event, method, params) for event in self._events):
                self._events.clear()
                self._note(self._next(until))
            return True
        return False

    def _send(self, method: str, params: Facts) -> int:
        self._last += 1
        message = {"id": self._last, "method": method, "params": params, **self._session}
        data = json.dumps(message).encode() + _END
        while data:
            data = data[os.write(self._writing, data) :]
        return self._last

    def _note(self, message: Facts) -> None:
        """Keep an event; a dialog would keep everything waiting, so it is closed."""
        if message.get("method") == _DIALOG:
            self._send("Page.handleJavaScriptDialog", {"accept": False})
        elif "method" in message:
            self._events.append(message)

    def _next(self, until: Deadline) -> Facts:
        while _END not in self._got:
            self._waiting.poll(until.left() * 1000)
            if not self._waiting.poll(0):
                continue
            piece = os.read(self._reading, _PIECE)
            if not piece:
                raise Hung("closed")
            self._got += piece
        first, _, self._got = self._got.partition(_END)
        message: Facts = json.loads(first)
        return message


def _is(event: Facts, method: str, params: Facts) -> bool:
    told = event.get("params", {})
    return event["method"] == method and all(told.get(each) == params[each] for each in params)
