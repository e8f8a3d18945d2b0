"""The id of a request: told on its answer, in every log line of it, and on its errors."""

import random
from wsgiref.types import WSGIEnvironment

from app.web import outermost


def request_id(environ: WSGIEnvironment) -> str:
    """This request's id: made once, told on the answer and in every log line of it."""
    id_: str = environ.setdefault(outermost.REQUEST_ID, f"req_{random.getrandbits(80):020x}")
    environ.setdefault(outermost.ROUTE, environ.get("PATH_INFO", "").rstrip("/"))
    return id_
