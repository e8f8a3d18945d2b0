"""Small servers of tests: served in a thread of their own until the test is done."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from socketserver import BaseServer
from typing import IO, Any, TypeVar

from werkzeug.serving import WSGIRequestHandler
from werkzeug.wsgi import FileWrapper

Server = TypeVar("Server", bound=BaseServer)


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Answer until the block ends, and leave neither thread nor socket behind."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Quiet(WSGIRequestHandler):
    """Leaves the line about a request to the application, and no file open behind a reader who left.

    Werkzeug's own closes what it sends, unless the connection is reset while it waits to close.
    """

    _files: Sequence[FileWrapper] = ()  # of the request that is answered, if one was read at all

    def make_environ(self) -> dict[str, Any]:
        self._files = []
        return {**super().make_environ(), "wsgi.file_wrapper": self._wrapped}

    def _wrapped(self, file: IO[bytes], buffer_size: int = 8192) -> FileWrapper:
        wrapped = FileWrapper(file, buffer_size)
        self._files = [*self._files, wrapped]
        return wrapped

    def connection_dropped(self, *_: object) -> None:
        for each in self._files:
            each.close()

    def log_request(self, *_: object) -> None:
        """Nothing: the application's line says it all."""
