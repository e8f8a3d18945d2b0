"""Where a client's codes may go: what may be registered, and what a request may name.

Requests are compared as written: nothing is decoded, lower-cased or resolved on the way.
"""

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

from app.domain.clients.known import KnownClient

MOST = 10
LONGEST = 500

Match = Literal["exact", "loopback", "prefix"]
KindOfUri = Literal["https", "loopback", "private"]

CHATGPT = "https://chatgpt.com/connector/oauth/"  # followed by one segment, its own per connector

_FORBIDDEN = {
    *("about", "blob", "data", "file", "filesystem", "ftp", "intent", "javascript", "mailto"),
    *("sms", "tel", "vbscript", "view-source", "ws", "wss"),
}
_WRITABLE = re.compile(r"[!-~]+")  # visible ASCII: other hosts are spelled in punycode
_UNSAFE = re.compile(r"""[\\"<>^`{|}*]""")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(.+)", re.IGNORECASE)
_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?=[/?]|$)", re.IGNORECASE)
_PORT = r"(?::(?:[1-9][0-9]{0,4}))"
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HTTPS = re.compile(
    rf"https://({_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])({_PORT})?(?:[/?].*)?", re.IGNORECASE
)
_LOOPBACK = re.compile(rf"(http://(?:127\.0\.0\.1|\[::1\]|localhost))({_PORT})?((?:[/?].*)?)")
_SEGMENT = re.compile(r"[A-Za-z0-9_-]{1,128}")


def problems(uris: Sequence[str], *, is_public: bool) -> str | None:
    """What is wrong with a list of redirect URIs, or None."""
    if not 1 <= len(uris) <= MOST:
        return f"redirect_uris must list 1 to {MOST} addresses."
    for uri in uris:
        found = problem(uri, is_public)
        if found is not None:
            return found
    return None


def problem(uri: str, is_public: bool) -> str | None:  # noqa: FBT001 # two facts, always both
    """What is wrong with one redirect URI, or None."""
    for broken, sentence in _rules(uri):
        if broken:
            return sentence
    scheme = _scheme(uri)
    if scheme == "https":
        sound = _HTTPS.fullmatch(uri) is not None and _port_is_sound(_HTTPS, uri)
        return None if sound else "A redirect URI's host or port cannot be read."
    if scheme == "http":
        sound = _LOOPBACK.fullmatch(uri) is not None and _port_is_sound(_LOOPBACK, uri)
        return None if sound else "http is for 127.0.0.1, [::1] and localhost only; use https."
    return None if is_public else "Private-use schemes are for public clients only."


def match(client: KnownClient, uri: str) -> Match | None:
    """How a requested URI is one of the client's, or None where it is not."""
    if uri in client.redirect_uris:
        return "exact"
    if _same_but_port(client.redirect_uris, uri):
        return "loopback"
    return "prefix" if by_prefix(client, uri) else None


def allowed(client: KnownClient, uri: str) -> bool:
    """Whether a client's code may be sent to this URI."""
    return match(client, uri) is not None


def by_prefix(client: KnownClient, uri: str) -> bool:
    """Whether this URI is one of many the client may name without having listed it."""
    return _of_chatgpt(client.redirect_uris, uri)


def kind(uri: str) -> KindOfUri:
    """Whether a code leaves for a host, for a program on this machine, or for a scheme."""
    if _LOOPBACK.fullmatch(uri):
        return "loopback"
    return "https" if _scheme(uri) == "https" else "private"


def place(uri: str) -> str:
    """The host a code goes to, lower-cased and without its port; the scheme where there is none."""
    found = _HTTPS.fullmatch(uri)
    if found:
        return found[1].lower()
    loopback = _LOOPBACK.fullmatch(uri)
    return loopback[1].removeprefix("http://") if loopback else _scheme(uri)


def readable(address: str) -> bool:
    """Whether programs can take an address apart: brackets are for whole IPv6 addresses."""
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def _rules(uri: str) -> list[tuple[bool, str]]:
    return [
        (not 1 <= len(uri) <= LONGEST, f"A redirect URI has 1 to {LONGEST} characters."),
        (not _WRITABLE.fullmatch(uri), "A redirect URI has visible ASCII characters only."),
        (bool(_UNSAFE.search(uri)), "A redirect URI has no wildcard, quote or backslash."),
        ("#" in uri, "A redirect URI has no fragment."),
        (not _SCHEME.fullmatch(uri), "A redirect URI is a whole address, scheme first."),
        (_scheme(uri) in _FORBIDDEN, "A redirect URI cannot have this scheme."),
        ("@" in _authority(uri), "A redirect URI has no user or password."),
        (not readable(uri), "A redirect URI's host or port cannot be read."),
        (bool(_DOTS.search(uri)), "A redirect URI has no . or .. in its path."),
    ]


def _scheme(uri: str) -> str:
    return uri.partition(":")[0].lower()


def _authority(uri: str) -> str:
    rest = uri.partition(":")[2]
    return re.split(r"[/?]", rest[2:], maxsplit=1)[0] if rest.startswith("//") else ""


def _port_is_sound(pattern: re.Pattern[str], uri: str) -> bool:
    found = pattern.fullmatch(uri)
    port = found[2] if found else None
    return port is None or int(port[1:]) < 65536


def _same_but_port(registered: Sequence[str], uri: str) -> bool:
    """RFC 8252 §7.3: a program on this machine takes whatever port is free."""
    asked = _without_port(uri)
    return asked is not None and any(_without_port(each) == asked for each in registered)


def _without_port(uri: str) -> tuple[str, str] | None:
    found = _LOOPBACK.fullmatch(uri)
    if found is None or problem(uri, is_public=True) is not None:
        return None
    return found[1], found[3]


def _of_chatgpt(registered: Sequence[str], uri: str) -> bool:
    if not uri.startswith(CHATGPT) or not _SEGMENT.fullmatch(uri.removeprefix(CHATGPT)):
        return False
    rests = (each.removeprefix(CHATGPT) for each in registered if each.startswith(CHATGPT))
    return any(not rest or _SEGMENT.fullmatch(rest) for rest in rests)
