"""A refusal as a tool result: code, sentence, hint, figures, and the pages that mend it."""

from typing import Any

from app.bootstrap import Services
from app.domain.callers import Caller
from app.errors import Kind, PolisError
from app.kit import clock
from app.tools import offers
from app.web.error_shapes import details_of


class InsufficientScope(PolisError):
    """This credential may only read; an app can ask for more, a key cannot."""

    kind = Kind.FORBIDDEN
    code = "insufficient_scope"


def challenge(base_url: str, name: str, why: str, error: str) -> str:
    """The way to a credential that does, and what was wrong with the one that was sent."""
    suffix = "/mcp" if name == "/mcp" else ""
    metadata = f"{base_url}/.well-known/oauth-protected-resource{suffix}"
    parts = [f'resource_metadata="{metadata}"', 'scope="mcp"']
    if why:
        parts += [f'error="{error}"', f'error_description="{why}"']
    return "Bearer " + ", ".join(parts)


def refusal(
    services: Services, caller: Caller, error: PolisError, request_id: str
) -> dict[str, Any]:
    """The `error` member of a refused answer."""
    details = details_of(error)
    if error.kind is Kind.UNPAID:
        details |= _ways_to_pay(services, caller, str(details.get("limit", "")))
    return {
        "code": error.code,
        "message": error.message,
        "hint": _hint(caller, error),
        "details": details,
        "request_id": request_id,
    }


def _hint(caller: Caller, error: PolisError) -> str:
    """An app or a key that must not sell does not speak of buying either."""
    buys = error.kind is Kind.UNPAID and error.details.get("limit") not in _OWN_LIMITS
    return _WITHOUT_BUYING if buys and caller.never_sells else error.hint


def _ways_to_pay(services: Services, caller: Caller, limit: str) -> dict[str, Any]:
    """Where a person raises the limit that stopped this, or buys tokens."""
    links, now = services.links, clock.now()
    if limit in _OWN_LIMITS:
        return {"raise_limit_url": links.page("/app/keys" if limit == "key" else "/app/apps")}
    if caller.mode == "off" or caller.book == "test" or caller.never_sells:
        return {}
    offered = (links, caller.organization_id, now)
    packs = {"topup_packs": [pack.model_dump() for pack in offers.topup_packs(*offered)]}
    if not caller.claimed:
        return packs  # no plan, no dashboard, until somebody claims it
    return packs | {
        "checkout_urls": offers.checkout_urls(*offered).model_dump(),
        "billing_url": links.page("/app/billing"),
    }


_OWN_LIMITS = {"key", "app"}
_WITHOUT_BUYING = "Test with fewer personas or less detail, or ask an owner of the organization."
