"""How often anything may be asked: each limit as it is set, and what it counts, in words."""

from typing import Any

from app.adapters import limiting
from app.settings import Settings

LIMITS = {
    "mcp": "messages to the endpoint and to the REST twin",
    "fetch": "pages fetched for tests",
    "fetch_host": "the same, from one host and over all organizations",
    "sign_in_failures": "wrong passwords",
    "sign_in_failures_network": "the same",
    "second_factor_failures": "wrong second factors: codes, recovery codes, passkeys",
    "second_factor_failures_network": "the same",
    "passkey_challenges": "sign-ins by passkey begun",
    "sign_up": "new accounts",
    "link_by_mail": "mails with a link to sign in, reset or confirm, an hour; no more are sent",
    "link_by_mail_day": "the same, a day",
    "link_again": "askings to have the link that confirms an address once more",
    "link_by_mail_network": "askings for such mails",
    "authorize": "openings of the consent page, signed in",
    "authorize_network": "the same",
    "register": "registrations of OAuth clients",
    "register_shared": "the same, where many people share an address",
    "token": "exchanges and refreshes",
    "token_stranger": "token requests that belong to no connection",
    "revoke": "revocations",
    "revoke_stranger": "revocations that belong to no connection",
    "introspect": "introspections",
    "introspect_stranger": "introspections that belong to no connection",
    "userinfo": "userinfo requests",
    "registration": "reads and changes of a client's registration",
    "registration_shared": "the same, where many people share an address",
    "device": "device codes asked for",
    "device_shared": "the same, where many people share an address",
    "device_codes": "device codes typed",
    "device_codes_network": "the same",
    "documents": "client metadata documents fetched",
    "downloads": "lists downloaded as CSV",
    "checks": "connector checks, each of which registers three clients",
    "leak_reports": "reports of leaked secrets",
    "helpful": "answers to whether a page of the docs helped",
    "payment_looks": "times the provider is asked for a payer who is back",
    "payment_pages": "payment pages opened by links, an hour",
    "provision": "keys asked for by programs, an hour",
    "provision_day": "the same, a day",
    "invitations": "invitations by mail, repeats included",
    "invitations_address": "the same, to one address",
    "exports": "exports of everything in an organization",
    "unasked_mail": "mails to an address for which a program asked for a key, an hour",
    "unasked_mail_day": "the same, a day",
}


def facts(settings: Settings) -> dict[str, Any]:
    """The limits of this installation, and the words for them."""
    table = limiting.of(settings)
    periods = {each.name: _period(each.seconds) for each in table.values()}
    return {
        "limits": list(table.values()),
        "limit_words": LIMITS,
        "limit_periods": periods,
        "token": table["token"],
        "token_pace": _pace(table["token"].interval_ms),
    }


def _pace(interval_ms: int) -> str:
    """How long it is from one to the next, as one says it behind "every"."""
    return "second" if interval_ms == 1000 else f"{interval_ms / 1000:g} seconds"


def _period(seconds: int) -> str:
    """A period as one says it behind a number."""
    usual = {60: "a minute", 3600: "an hour", 86400: "a day"}
    in_minutes = f"{seconds // 60} minutes"
    return usual.get(seconds) or f"in {in_minutes if seconds % 60 == 0 else f'{seconds} seconds'}"
