"""An HTTP answer whose head goes out with the first piece of its body."""

from gunicorn.http import wsgi  # type: ignore[import-untyped] # ships no types


class OnePiece(wsgi.Response):  # type: ignore[misc] # as above
    """One packet and one system call where gunicorn's own response takes two."""

    headers_sent: bool
    _head = b""

    def send_headers(self) -> None:
        """Keep the head until there is something to go with it, or nothing more to come."""
        if not self.headers_sent:
            lines = [f"{name}: {value}\r\n" for name, value in self.headers]
            self._head = "".join([*self.default_headers(), *lines, "\r\n"]).encode("latin-1")
            self.headers_sent = True

    def close(self) -> None:
        """Send what is left: the head of an answer without a body, the end of the chunks."""
        self.send_headers()
        self._flush()
        super().close()

    def _emit_body(self, data: bytes) -> None:
        if self.chunked:
            self._flush()
            super()._emit_body(data)
        else:
            head, self._head = self._head, b""
            self.sock.sendall(head + data)

    def _flush(self) -> None:
        head, self._head = self._head, b""
        if head:
            self.sock.sendall(head)
