"""Answers that are the same bytes for everybody: made once, told again by their tag."""

from hashlib import sha256
from typing import NamedTuple

from flask import Response, request

MARKDOWN = "text/markdown; charset=utf-8"
HTML = "text/html; charset=utf-8"

_KEPT_S = 300


class Kept(NamedTuple):
    """One answer, and what tells it from its successor."""

    body: bytes
    content_type: str
    tag: str


def keep(text: str, content_type: str) -> Kept:
    """An answer to give again and again."""
    body = text.encode()
    return Kept(body, content_type, sha256(body).hexdigest()[:20])


def answered(kept: Kept, **headers: str) -> Response:
    """The answer; whoever has it already is told so (RFC 9110 §13.1.2)."""
    answer = Response(kept.body, content_type=kept.content_type)
    answer.set_etag(kept.tag)
    answer.headers["Cache-Control"] = f"public, max-age={_KEPT_S}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers.update(headers)
    answer.make_conditional(request)
    return answer
