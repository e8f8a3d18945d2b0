"""What htmx asks for: a part of a page that is open in a browser."""

import re

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Answer

_ADDRESS = re.compile(r"https?://[^/?#]*([^#]*)")


def is_partial() -> bool:
    """Whether a part is asked for and no page."""
    return request.headers.get("HX-Request") == "true"


def page_around() -> str:
    """The path and query of the page around it, as the browser says: not to be believed."""
    found = _ADDRESS.match(request.headers.get("HX-Current-URL", ""))
    return found[1] if found else ""


def onward(address: str) -> Answer:
    """Lead on to another page: the whole page, not what is asked for alone.

    Whoever is typing stays where they are, with what they typed.
    """
    if not is_partial():
        return redirect(address, 303)
    if request.method == "GET":
        return Response(headers={"HX-Redirect": address})
    return Response(status=401, headers={"HX-Reswap": "none"})
