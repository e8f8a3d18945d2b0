"""A mail server of its own thread that takes mail over plain SMTP, or refuses it."""

import socketserver
import threading
from types import TracebackType
from typing import Self


class PostOffice:
    """Speaks just enough SMTP; `taken` holds what was handed over."""

    def __init__(
        self, *, answer_to_rcpt: str = "250 ok", offers: str = "250 here", port: int = 0
    ) -> None:
        self.taken: list[str] = []
        self.answer_to_rcpt = answer_to_rcpt
        self.offers = offers
        office = self

        class Clerk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                office._serve(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", port), Clerk)
        self.port = self._server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, wire: socketserver.StreamRequestHandler) -> None:
        self._say(wire, "220 ready")
        while line := wire.rfile.readline().decode():
            verb = line[:4].upper().strip()
            if verb == "DATA":
                self._say(wire, "354 go on")
                self.taken.append(self._letter(wire))
            answers = {"EHLO": self.offers, "RCPT": self.answer_to_rcpt, "QUIT": "221 bye"}
            self._say(wire, answers.get(verb, "250 ok"))

    @staticmethod
    def _letter(wire: socketserver.StreamRequestHandler) -> str:
        lines = iter(lambda: wire.rfile.readline().decode(), ".\r\n")
        return "".join(lines)

    @staticmethod
    def _say(wire: socketserver.StreamRequestHandler, line: str) -> None:
        wire.wfile.write(f"{line}\r\n".encode())
