"""Why a page is not tested: said before anything is held, or with every token given back."""

from app.errors import Kind, PolisError

SEND = "Send the page's text as content_type markdown instead."
COPY = "Use url_mode copy, or send the text as markdown."


class PageRefused(PolisError):
    """A page that cannot be put before a panel."""


class UrlBlocked(PageRefused):
    """An address we never fetch."""

    kind = Kind.INVALID
    code = "url_blocked"


class UrlUnreachable(PageRefused):
    """A page that does not come when it is asked for."""

    kind = Kind.INVALID
    code = "url_unreachable"


class NotAPage(PageRefused):
    """What came is no page with text."""

    kind = Kind.INVALID
    code = "not_a_page"


class PageTooLarge(PageRefused):
    """More came than is read."""

    kind = Kind.INVALID
    code = "too_large"


class VisualUnavailable(PageRefused):
    """Layout cannot be looked at here."""

    kind = Kind.UNAVAILABLE
    code = "visual_unavailable"
