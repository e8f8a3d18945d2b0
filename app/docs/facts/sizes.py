"""How large anything may be, as the code has it."""

from datetime import timedelta

from app.adapters.pages import reader
from app.domain import idempotency, plans, waiting
from app.domain.pages import page
from app.domain.runs import pausing
from app.domain.runs.ask import MAX_TURNS
from app.tools import TOOLS, ask, base, content, report, thread

WIRE = {"body_mib": 1, "batch": 50, "listened_tasks": 10, "listened_minutes": 5}
"""Sizes that the door keeps; a test holds it to them."""


def sizes() -> dict[str, str]:
    """How large anything may be."""
    compared = TOOLS["polis_compare"].describe()["inputSchema"]["properties"]["variants"]
    asked = TOOLS["polis_ask"].describe()["inputSchema"]["properties"]["question"]
    paged = TOOLS["polis_report"].describe()["inputSchema"]["properties"]["limit"]
    option = TOOLS["polis_test"].describe()["inputSchema"]["properties"]
    figures = {
        "personas_least": plans.MIN_PERSONAS,
        "personas": plans.DEFAULT_PERSONAS,
        "personas_most": plans.MAX_PERSONAS,
        "content": content.LONGEST_CONTENT,
        "page_characters": page.LONGEST,
        "page_mib": reader.MOST_BYTES // 1024**2,
        "page_seconds": round(reader.SECONDS),
        "page_redirects": reader.REDIRECTS,
        "audience": option["audience"]["maxLength"],
        "label": option["label"]["maxLength"],
        "question": asked["maxLength"],
        "variants_least": compared["minItems"],
        "variants_most": compared["maxItems"],
        "asked_of_a_group": plans.SAMPLE_ASKED,
        "turns": MAX_TURNS,
        "answers": thread.MOST_ANSWERS,
        "sample": report.SAMPLE,
        "page": paged["maximum"],
        "wait_s": base.LONGEST_WAIT,
        "answered_s": ask.ANSWERED_WITHIN_S,
        "waits_of_a_credential": waiting.PER_CREDENTIAL,
        "waits_of_an_organization": waiting.PER_ORGANIZATION,
        "failures": pausing.FAILURES,
        "pause_min": pausing.PAUSE // timedelta(minutes=1),
        "idempotency_days": idempotency.KEPT.days,
        **WIRE,
    }
    return {name: f"{figure:,}" for name, figure in figures.items()}
