"""The small servers of tests themselves."""

import io
import socket
import struct
import threading

from werkzeug.serving import make_server
from werkzeug.wsgi import wrap_file

from tests.serving import Quiet, serving

AT_ONCE = struct.pack("ii", 1, 0)  # closed with a reset


class Page(io.BytesIO):
    """A file that ends only once its reader has left."""

    def __init__(self) -> None:
        super().__init__(b"all there is")
        self.left, self.shut = threading.Event(), threading.Event()

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(size) or (b"" if self.left.wait(10) else b"still there")

    def close(self) -> None:
        super().close()
        self.shut.set()


def test_a_file_is_closed_behind_a_reader_who_resets_the_connection():
    page = Page()

    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", "12")])
        return wrap_file(environ, page)

    with serving(make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)) as server:
        reader = socket.create_connection(("127.0.0.1", server.server_port))
        reader.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        while b"all there is" not in reader.recv(1000):
            pass
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        reader.close()
        page.left.set()
        assert page.shut.wait(10)
