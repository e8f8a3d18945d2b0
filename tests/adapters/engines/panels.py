"""Panels of the embedded engine, seated once and shared by the tests that only look at them."""

import json
from functools import cache
from hashlib import sha256

from app.adapters.engines.embedded.engine import EmbeddedEngine
from app.domain.panel.shapes import PanelRequest
from tests.adapters.engines.texts import TEXTS

ENGINE = EmbeddedEngine()


def request(content, content_type="text", **changes):
    fields = {"persona_count": 40, "detail": "standard", "seed": 7, "audience": None} | changes
    return PanelRequest(content_type=content_type, content=content, **fields)


def run(asked):
    plan = ENGINE.plan(asked)
    reactions = ENGINE.react(plan, range(1, asked.persona_count + 1))
    return plan, reactions, ENGINE.synthesise(plan, reactions)


@cache
def known(name, detail="standard", count=100):
    content_type, content = TEXTS[name]
    return run(request(content, content_type, persona_count=count, detail=detail))


def digest(reactions, synthesis):
    """What a report's digest is made of: everything the customer can see, and what is stored."""
    shown = [[one.number, one.persona, one.body, one.state] for one in reactions]
    whole = [shown, synthesis.report, synthesis.stats, synthesis.archetypes, synthesis.audience]
    return sha256(json.dumps(whole, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
