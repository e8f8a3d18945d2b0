"""Which addresses have a shape we fetch: http(s), a usual port, no credentials, nothing odd."""

from collections.abc import Collection

import httpx2

from app.domain.fetching import NotFetched

PORTS = frozenset({80, 443})
LONGEST = 2048
_DEFAULT = {"http": 80, "https": 443}


def checked(text: str, ports: Collection[int] = PORTS) -> httpx2.URL:
    """The address as it is sent, or NotFetched."""
    url = _parsed(text)
    if url.scheme not in _DEFAULT or not url.host:
        raise NotFetched("bad_address", "Only http and https addresses are fetched.")
    if url.userinfo or "@" in url.netloc.decode():
        raise NotFetched("bad_address", "An address with a user name or password is not fetched.")
    if port_of(url) not in ports:
        raise NotFetched("bad_address", "Only the ports 80 and 443 are fetched.")
    return url.copy_with(fragment=None)


def port_of(url: httpx2.URL) -> int:
    """The port, said or not."""
    return url.port or _DEFAULT[url.scheme]


def onward(url: httpx2.URL, location: str, ports: Collection[int] = PORTS) -> httpx2.URL:
    """Where a redirect leads, held to the same rules; https never becomes http."""
    _refuse_odd(location)
    try:
        target = checked(str(url.join(location)), ports)
    except httpx2.InvalidURL:
        raise NotFetched("redirect", "The redirect leads nowhere.") from None
    if url.scheme == "https" and target.scheme != "https":
        raise NotFetched("redirect", "The redirect leads from https to http.")
    return target


def _parsed(text: str) -> httpx2.URL:
    _refuse_odd(text)
    try:
        return httpx2.URL(text)
    except httpx2.InvalidURL:
        raise NotFetched("bad_address", "This is not an address.") from None


def _refuse_odd(text: str) -> None:
    """Spaces, controls and backslashes are read differently by each parser: none is sent on."""
    odd = any(not each.isprintable() or each.isspace() or each == "\\" for each in text)
    if odd or len(text) > LONGEST:
        raise NotFetched("bad_address", "This is not an address.")
