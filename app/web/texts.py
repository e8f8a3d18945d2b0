"""Answers that are the same bytes for everybody: made once, told again by their tag."""

from hashlib import sha256
from typing import NamedTuple

from flask import Response, request

from app.web import outermost

MARKDOWN = "text/markdown; charset=utf-8"
HTML = "text/html; charset=utf-8"

SCRIPTED = outermost.policy(scripts=True)
_FRESH_S = 300


class Text(NamedTuple):
    """One answer, and what tells it from its successor."""

    body: bytes
    content_type: str
    tag: str


def wants_markdown() -> bool:
    """Whether a request names Markdown and prefers it; `kept.py` passes on whoever names it."""
    if "markdown" not in request.headers.get("Accept", "").lower():
        return False
    offered = ["text/html", "text/markdown"]
    return request.accept_mimetypes.best_match(offered, "text/html") == "text/markdown"


def scripted(page: str, status: int = 200) -> Response:
    """A page made for one question, with files of ours to make it quicker."""
    answer = Response(page, status, content_type=HTML)
    answer.headers["Content-Security-Policy"] = SCRIPTED
    return answer


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
