"""gunicorn's threaded worker, with three changes: how it answers, what it logs, how it stops."""

from typing import Any

from gunicorn import util  # type: ignore[import-untyped] # ships no types
from gunicorn.http import wsgi  # type: ignore[import-untyped] # as above
from gunicorn.sock import TCPSocket  # type: ignore[import-untyped] # as above
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped] # as above

from app.web.one_piece import OnePiece


class Worker(ThreadWorker):  # type: ignore[misc] # as above
    """Answers in one piece, and answers whoever had reached it before it was told to stop.

    gunicorn itself goes on listening until its last answer is out, but accepts nobody: whoever
    connects meanwhile is reset at the end, instead of being refused and trying elsewhere.
    """

    def handle_request(self, request: Any, connection: TConn) -> bool:
        """Answer one request; say whether the connection may serve another."""
        response, environ = wsgi.create(
            request, connection.sock, connection.client, connection.server, self.cfg, OnePiece
        )
        environ["wsgi.multithread"] = True
        if not self.alive or len(self.keepalived_conns) >= self.max_keepalived:
            response.force_close()
        body, whole = self.wsgi(environ, response.start_response), False
        try:
            for piece in body:
                response.write(piece)
            response.close()
            whole = True
        finally:
            if hasattr(body, "close"):
                body.close()
            if response.headers_sent and not whole:
                util.close_graceful(connection.sock)  # nothing may follow half an answer
        return not response.should_close()

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """As gunicorn does, but its log is not told the address: links and queries hold secrets."""
        if hasattr(req, "uri"):
            req.uri = "(at an address that is not logged)"
        super().handle_error(req, client, addr, exc)

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 # gunicorn's signature
        """Where accepting stops for good, listening stops with it."""
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                self._accept_waiting(listener)
                listener.close()

    def _accept_waiting(self, listener: TCPSocket) -> None:
        taken = -1
        while taken != self.nr_conns:
            taken = self.nr_conns
            self.accept(listener)
