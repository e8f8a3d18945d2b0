"""A gunicorn worker that answers whoever had reached it before it was told to stop."""

from gunicorn.sock import TCPSocket  # type: ignore[import-untyped] # ships no types
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped] # as above


class DrainingWorker(ThreadWorker):  # type: ignore[misc] # as above
    """Takes every waiting connection, and then stops listening at once.

    gunicorn itself goes on listening until its last answer is out, but accepts nobody: whoever
    connects meanwhile is reset at the end, instead of being refused and trying elsewhere.
    """

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
