"""What the list is narrowed by, as its address says it; what nobody can mean narrows nothing."""

from collections.abc import Container
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import request

from app.domain.runs.narrowing import STATES, Cut, Filter
from app.kit import clock, ids
from app.kit.plain import plain
from app.web import formats, place

NAMES = ("q", "state", "by", "when", "book")
PERIODS = {"": "All time", "30": "Last 30 days", "month": "This month"}
KINDS = ("user", "app", "key")

_LONGEST = 200


def asked() -> dict[str, str]:
    """What each field of the form holds."""
    given = {name: request.args.get(name, "")[:_LONGEST] for name in NAMES}
    given["q"] = " ".join(plain(given["q"].replace("\0", "")).split())
    known: dict[str, Container[str]] = {"state": STATES, "when": PERIODS, "book": ("test",)}
    return {
        name: value if name not in known or value in known[name] else ""
        for name, value in given.items()
    } | {"by": given["by"] if _starter(given["by"]) else ""}


def query(**more: str) -> str:
    """The same filters as the end of an address."""
    told = {name: value for name, value in (asked() | more).items() if value}
    return urlencode(told)


def wanted() -> Filter:
    """The filter of this organization's runs."""
    form, organization_id = asked(), place.here().organization.id
    kind, id_ = _starter(form["by"]) or ("", "")
    subject = f"key:{id_}" if kind == "key" else f"app:{organization_id}:{id_}"
    return Filter(
        organization_id,
        form["book"] or "live",
        form["q"],
        form["state"],
        subject if kind in {"key", "app"} else "",
        id_ if kind == "user" else "",
        _since(form["when"]),
    )


def cut() -> Cut:
    """Where the page begins."""
    newer, older = request.args.get("newer", ""), request.args.get("older", "")
    place_ = newer or older
    return Cut(place_, back=bool(newer)) if ids.is_id("run", f"run_{place_}") else Cut()


def _starter(by: str) -> tuple[str, str] | None:
    kind, _, id_ = by.partition(":")
    fits = id_.isascii() and id_.replace("_", "").isalnum()
    return (kind, id_) if kind in KINDS and fits else None


def _since(when: str) -> datetime | None:
    now = clock.now()
    if when == "30":
        return now - timedelta(days=30)
    if when == "month":
        here = now.astimezone(formats.zone())
        return here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return None
