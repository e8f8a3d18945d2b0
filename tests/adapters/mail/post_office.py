"""A mail server of its own thread that takes mail over SMTP, encrypted or not, or refuses it."""

import socketserver
import ssl
import threading
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

ENCRYPTED = "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN"


class Wire(NamedTuple):
    """Where one client is heard, and where it is told."""

    rfile: BinaryIO
    wfile: BinaryIO


class PostOffice:
    """Speaks just enough SMTP; `taken` holds what was handed over, `shown` what signed in with.

    `tls` is for whoever asks to go on encrypted.
    """

    def __init__(
        self,
        *,
        answer_to_rcpt: str = "250 ok",
        offers: str = "250 here",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.taken: list[str] = []
        self.shown: list[str] = []
        self.answer_to_rcpt = answer_to_rcpt
        self.answer_to_auth = "235 come in"
        self.offers = offers
        self._tls = tls
        office = self

        class Clerk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                wire = Wire(self.rfile, self.wfile)
                office._say(wire, "220 ready")
                if office._serve(wire) and office._tls:
                    office._serve_encrypted(self.connection)

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

    def _serve(self, wire: Wire) -> bool:
        """Until the client is gone; True where it wants to go on encrypted."""
        while line := wire.rfile.readline().decode():
            verb = line[:4].upper().strip()
            if verb == "STAR":
                self._say(wire, "220 go on")
                return True
            if verb == "DATA":
                self._say(wire, "354 go on")
                self.taken.append(self._letter(wire))
            if verb == "AUTH":
                self.shown.append(line.strip())
            answers = {
                "EHLO": self.offers, "RCPT": self.answer_to_rcpt, "QUIT": "221 bye",
                "AUTH": self.answer_to_auth.format(line=line.strip()),
            }  # fmt: skip
            self._say(wire, answers.get(verb, "250 ok"))
        return False

    def _serve_encrypted(self, connection) -> None:
        with (
            self._tls.wrap_socket(connection, server_side=True) as line,
            line.makefile("rb") as heard,
            line.makefile("wb", 0) as told,
        ):
            self._serve(Wire(heard, told))

    @staticmethod
    def _letter(wire: Wire) -> str:
        lines = iter(lambda: wire.rfile.readline().decode(), ".\r\n")
        return "".join(lines)

    @staticmethod
    def _say(wire: Wire, line: str) -> None:
        wire.wfile.write(f"{line}\r\n".encode())
