"""What the pages may say without writing it down: prices, tools, limits, settings, errors."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.docs.oauth_errors import OAUTH_ERRORS
from app.domain import limits, plans
from app.domain.grants import approve, codes, device, tokens
from app.settings import PREFIX, Settings
from app.tools import TOOLS
from app.tools.base import Tool
from app.tools.usage import dollars

ERRORS = {
    "invalid_input": (
        "Arguments are missing or wrong. `details.fields` lists every one: mend all, call again."
    ),
    "not_enough_tokens": (
        "No bucket can pay. Open one of the pages in `details`, or test with fewer personas."
    ),
    "spend_cap_reached": (
        "A cap stopped it; `details.limit` says whose: organization, key or app. An owner can "
        "raise it."
    ),
    "not_found": (
        "The handle is foreign, unknown or malformed, or belongs to the other book. List with "
        "`polis_runs`."
    ),
    "not_ready": (
        "The run is not complete yet, or the thread's last question is pending. Poll, then repeat."
    ),
    "conflict": (
        "The idempotency key was used for another request, or the thread belongs elsewhere. Use a "
        "new one."
    ),
    "rate_limited": "Too many requests. Wait `details.retry_after_s` seconds.",
    "url_blocked": "An address we never fetch: not http(s), not public, or an unusual port.",
    "url_unreachable": "The page cannot be fetched. Send its text as `markdown`.",
    "visual_unavailable": (
        "No browser to look at the layout with, or a test key. Use `url_mode` `copy`."
    ),
    "engine_unavailable": "The panel could not be run; everything was refunded. Try again later.",
    "insufficient_scope": "The key has `mcp:read` and this tool needs `mcp`. Use another key.",
}


@cache
def facts(settings: Settings) -> dict[str, Any]:
    """Every name a page may use."""
    return {
        "base_url": settings.base_url,
        "support_email": settings.support_email,
        "tools": [_tool(tool) for tool in TOOLS.values()],
        "plans": [_plan(plan) for plan in plans.PLANS.values() if plan.usd_micros],
        "packs": [
            {"name": pack.name, "usd": _money(pack.usd_micros), "tokens": f"{pack.tokens:,}"}
            for pack in plans.PACKS.values()
        ],
        "trial_tokens": plans.TRIAL_TOKENS,
        "test_tokens": f"{plans.TEST_TOKENS_PER_DAY:,}",
        "default_personas": plans.DEFAULT_PERSONAS,
        "prices": [
            (detail, plans.per_persona(detail), plans.tokens_for(100, detail))
            for detail in plans.DETAILS
        ],
        "test_options": _tool(TOOLS["polis_test"])["input"],
        "lifetimes": _lifetimes(settings),
        "per_persona": {detail: plans.per_persona(detail) for detail in plans.DETAILS},
        "standard_hundred": plans.tokens_for(100, "standard"),
        "limits": list(
            limits.table(
                mcp_per_minute=settings.limit_mcp_per_minute, mcp_burst=settings.limit_mcp_burst
            ).values()
        ),
        "errors": ERRORS,
        "oauth_errors": OAUTH_ERRORS,
        "settings": [
            (PREFIX + name.upper(), field.description or "", _default(field.default))
            for name, field in Settings.model_fields.items()
        ],
    }


def _lifetimes(settings: Settings) -> dict[str, int]:
    """How long what OAuth gives out lives."""
    minute = timedelta(minutes=1)
    return {
        "code_minutes": codes.LIFE // minute,
        "access_days": tokens.ACCESS_LIFE.days,
        "refresh_days": approve.REFRESH_LIFE.days,
        "grace_seconds": settings.refresh_grace_seconds,
        "device_minutes": device.LIFE // minute,
    }


def _tool(tool: Tool[Any, Any]) -> dict[str, Any]:
    described = tool.describe()
    schema = described["inputSchema"]
    return {
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "scope": tool.scope,
        "input": [
            (name, _type(field), name in schema.get("required", ()), field.get("description", ""))
            for name, field in schema["properties"].items()
        ],
        "output": [
            (name, field.get("description", ""))
            for name, field in described["outputSchema"]["properties"].items()
        ],
    }


def _type(field: dict[str, Any]) -> str:
    if "enum" in field:
        return " · ".join(f"`{value}`" for value in field["enum"])
    bounds = (field.get("minimum"), field.get("maximum"))
    if bounds != (None, None):
        return f"{field['type']} {bounds[0]} to {bounds[1]}"
    if "maxLength" in field:
        return f"{field['type']}, at most {field['maxLength']:,} characters"
    return str(field["type"])


def _plan(plan: plans.Plan) -> dict[str, str]:
    return {
        "name": plan.name,
        "usd": _money(plan.usd_micros),
        "included": f"{plan.included:,}",
        "overage": f"${dollars(plan.overage_micros):.4f}",
        "cap": _money(plan.cap_micros),
    }


def _money(micros: int) -> str:
    return f"${micros // plans.MICROS}"


def _default(value: object) -> str:
    """A default as the page shows it; where this installation stands is nobody's business."""
    if isinstance(value, Path):
        return f"`{value.name}/` beside the code"
    if isinstance(value, tuple):
        return ", ".join(value)
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
