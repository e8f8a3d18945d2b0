"""Answers that are the same bytes for everybody: made once, told again by their tag."""

from hashlib import sha256
from typing import NamedTuple

from flask import Response, request

MARKDOWN = "text/markdown; charset=utf-8"
HTML = "text/html; charset=utf-8"

_FRESH_S = 300


class Text(NamedTuple):
    """One answer, and what tells it from its successor."""

    body: bytes
    content_type: str
    tag: str


def text(written: str, content_type: str) -> Text:
    """An answer to give again and again."""
    body = written.encode()
    return Text(body, content_type, sha256(body).hexdigest()[:20])


def answered(text: Text, **headers: str) -> Response:
    """The answer; whoever has it already is told so (RFC 9110 §13.1.2)."""
    answer = Response(text.body, content_type=text.content_type)
    answer.set_etag(text.tag)
    answer.headers["Cache-Control"] = f"public, max-age={_FRESH_S}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers.update(headers)
    answer.make_conditional(request)
    return answer
