"""The documents a program looks for before it has a credential, wherever programs look for them."""

from functools import cache

from flask import Blueprint, Response, abort, request

from app.docs.discovery.place import Place
from app.docs.discovery.table import DOCUMENTS, Document
from app.docs.published import published
from app.kit import clock
from app.settings import Settings
from app.web import asked, texts
from app.web.services import services
from app.web.texts import Text

blueprint = Blueprint("discovery", __name__)

_BY_PATH = {path: document for document in DOCUMENTS for path in document.paths}


def discovered() -> Response:
    """The document of this address, the same for everybody who asks under the same name."""
    document, settings = _BY_PATH[request.path.rstrip("/")], services().settings
    make = _made if document.dated else _kept
    base = asked.base()
    found = make(document, settings, base)
    if found is None:
        abort(404)
    linked = {"Link": document.links(base)} if document.links else {}
    return texts.answered(found, Vary="Host", **linked)


def lasting() -> frozenset[str]:
    """Where the documents that stay the same are, with and without a slash at the end."""
    same = (each for each in DOCUMENTS if not each.dated and not each.needs)
    paths = (path for document in same for path in document.paths)
    return frozenset(path + end for path in paths for end in ("", "/"))


def _made(document: Document, settings: Settings, base: str) -> Text | None:
    made = document.make(Place(settings, published(settings), base, clock.now()))
    return None if made is None else texts.text(made, document.media_type)


_kept = cache(_made)

for _path in _BY_PATH:
    blueprint.add_url_rule(_path, f"at {_path.replace('.', ' ')}", discovered, strict_slashes=False)
