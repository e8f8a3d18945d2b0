"""How the text of a setting has to be written; what is not is told with how it should be."""

import re
from ipaddress import ip_network
from urllib.parse import urlsplit

from pydantic import ValidationInfo

_DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
_CARRIERS = ("redis://", "rediss://", "unix://")
_ADDRESS = re.compile(r"(?:\[[0-9a-f:.]+\]|[\w.-]+):(\d{1,5})", re.ASCII | re.IGNORECASE)


def store(value: str, info: ValidationInfo) -> str:
    """The address of a database, or of what carries the queue."""
    known = _DATABASES if info.field_name == "database_url" else (*_DATABASES, *_CARRIERS)
    if value and not value.startswith(known):
        raise ValueError(f"must begin with one of {' '.join(known)}")
    return value


def networks(value: tuple[str, ...]) -> tuple[str, ...]:
    """Networks in CIDR notation."""
    for each in value:
        try:
            ip_network(each, strict=False)
        except ValueError:
            raise ValueError(
                f"{each!r} is no network; write them like 10.0.0.0/8, separated by commas"
            ) from None
    return value


def origin(value: str) -> str:
    """An address of the web without a path."""
    parts = urlsplit(value)
    its = f"{parts.scheme}://{parts.netloc}"
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or "@" in parts.netloc
        or value.rstrip("/") != its
    ):
        raise ValueError("must be an origin such as https://polis.example, without a path")
    return its


def listening(value: str) -> str:
    """One host and its port: what more gunicorn would take, the rest of Polis would not."""
    found = _ADDRESS.fullmatch(value)
    if found is None or not 0 < int(found[1]) < 65536:
        raise ValueError("must be a host and a port, such as 127.0.0.1:8000 or [::]:8000")
    return value
