"""Secrets as they may be shown: that there was one, never which."""

import json
import re
from typing import Any

from app.kit.logs import SECRETS_BEGIN

MASK = "(masked)"
_SECRET = {
    "access_token",
    "authorization",
    "client_assertion",
    "client_secret",
    "code",
    "code_verifier",
    "id_token",
    "password",
    "refresh_token",
    "registration_access_token",
    "token",
}
_IN_TEXT = re.compile(rf"(?!polis_ci_)({SECRETS_BEGIN})[\w.-]+")  # an app's id is no secret
_IN_ADDRESS = re.compile(r"([?&](?:code|token|access_token)=)[^&#\s]+")
LONGEST = 1500


def masked(value: Any) -> Any:
    """A JSON value without its secrets."""
    if isinstance(value, dict):
        return {name: MASK if _hides(name, each) else masked(each) for name, each in value.items()}
    if isinstance(value, list):
        return [masked(each) for each in value]
    return _plain(value) if isinstance(value, str) else value


def shown(value: Any) -> str:
    """A value on one line, masked and cut."""
    text = value if isinstance(value, str) else json.dumps(masked(value), ensure_ascii=False)
    line = " ".join(_plain(text).split())
    printable = "".join(each if each.isprintable() else "?" for each in line)
    return printable if len(printable) <= LONGEST else f"{printable[:LONGEST]} …"


def _hides(name: str, value: Any) -> bool:
    return name.lower() in _SECRET and isinstance(value, str)


def _plain(text: str) -> str:
    return _IN_ADDRESS.sub(rf"\1{MASK}", _IN_TEXT.sub(MASK, text))
