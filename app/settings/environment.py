"""The settings as the environment gives them, checked together at the start."""

import os
import re
import warnings
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from app.settings import model_api
from app.settings.model import Settings

PREFIX = "POLIS_"


class BadSettings(Exception):
    """The start stops here, with one sentence that says what to set."""


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, or stop with a sentence that says what to set."""
    environ = os.environ if environ is None else environ
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and value != ""
    }
    _read_files(given)
    for name in sorted(given.keys() - Settings.model_fields.keys()):
        warnings.warn(f"{PREFIX}{name.upper()} is not a setting of Polis; ignored.", stacklevel=2)
        del given[name]
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        problem = _WANTED.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        raise BadSettings(f"{PREFIX}{str(first['loc'][0]).upper()}: {problem}.") from None
    for broken, sentence in _rules(settings):
        if broken:
            raise BadSettings(sentence)
    return settings


def _read_files(given: dict[str, str]) -> None:
    """Let `POLIS_X_FILE` name the file that holds `POLIS_X`, as secrets are often handed out."""
    for name in [name for name in given if name.removesuffix("_file") in Settings.model_fields]:
        setting = name.removesuffix("_file")
        if setting == name:
            continue
        path, shown = Path(given.pop(name)), f"{PREFIX}{name.upper()}"
        if setting in given:
            raise BadSettings(f"Set {PREFIX}{setting.upper()} or {shown}, not both.")
        try:
            text = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text"
            raise BadSettings(f"{shown}: {path} cannot be read ({why}).") from None
        if text:
            given[setting] = text


_WEBHOOK_SECRET = re.compile(r"(?:live:|test:)?[^:\s]+")
_WANTED = {"bool_parsing": "write on or off", "int_parsing": "write a whole number"}


def _rules(settings: Settings) -> list[tuple[bool, str]]:
    live = not settings.development
    play = settings.payment_mode in {"stripe_test", "simulated"}
    return [
        (
            live and not settings.secret_key,
            "Set POLIS_SECRET_KEY to a long random string; production needs one.",
        ),
        (
            any(len(key) < 16 for key in settings.secret_key),
            "Each key of POLIS_SECRET_KEY must have at least 16 characters.",
        ),
        (
            live and settings.base_url.startswith("http://"),
            "Set POLIS_BASE_URL to the public https address; production does not run over http.",
        ),
        (
            live and play and not settings.allow_play_money,
            "No real money is configured: set POLIS_STRIPE_SECRET_KEY, POLIS_BILLING=off, "
            "or POLIS_ALLOW_PLAY_MONEY=1 to run on play money.",
        ),
        (
            settings.billing == "stripe" and not settings.stripe_secret_key,
            "POLIS_BILLING=stripe needs POLIS_STRIPE_SECRET_KEY.",
        ),
        (
            not all(map(_WEBHOOK_SECRET.fullmatch, settings.stripe_webhook_secret)),
            "Write POLIS_STRIPE_WEBHOOK_SECRET as whsec_…, live:whsec_… or test:whsec_….",
        ),
        (
            live and not settings.rate_limits,
            "POLIS_RATE_LIMITS=off is for development; remove it in production.",
        ),
        (live and settings.no_auth, "--no-auth is for development on one's own machine only."),
        *model_api.rules(settings),
    ]
