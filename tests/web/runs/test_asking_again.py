"""How soon a page that follows something looks again: the longer it takes, the less often."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.kit import clock
from app.models.runs import Run
from app.models.threads import Turn
from tests.tools.installation import HELLO


def trigger(part):
    """Seconds until htmx asks, and between its questions where it hears no answer."""
    found = re.findall(r'hx-trigger="load delay:([\d.]+)s, every ([\d.]+)s"', part.text)
    assert len(found) == 1, part.text
    return tuple(float(each) for each in found[0])


def begun(reader, kind):
    """A run, a comparison or a question nobody has answered yet."""
    if kind == "thr":
        asked = reader.agent.call(
            "polis_ask", run_id=reader.report(), target="panel", question="Why?"
        )
        return asked["thread_id"]
    if kind == "cmp":
        texts = [{"content": "One way to say it."}, {"content": "Another way to say it."}]
        whole = reader.agent.call(
            "polis_compare", content_type="tweet", variants=texts, persona_count=10
        )
        return whole["compare_id"]
    return reader.agent.call("polis_test", **HELLO)["run_id"]


@pytest.mark.parametrize("kind", ["run", "cmp", "thr"])
@pytest.mark.parametrize(("minutes", "expected"), [(0, (1, 8)), (1.4, (10, 40)), (60, (15, 60))])
def test_what_takes_long_is_looked_at_less_often_and_less_still_without_an_answer(
    polis, reader, kind, minutes, expected
):
    handle, since = begun(reader, kind), clock.now() - timedelta(minutes=minutes)
    with polis.services.transaction() as session:
        mine = Run.organization_id == reader.who.organization_id
        session.execute(update(Run).where(mine).values(created_at=since))
        session.execute(update(Turn).where(Turn.thread_id == handle).values(asked_at=since))
    reader.open("/app/shares")
    assert trigger(reader.part(f"/app/runs/{handle}")) == expected


def test_a_list_waits_longer_each_time_up_to_half_a_minute(polis, reader):
    run_id = begun(reader, "run")
    reader.open("/app/shares")
    waits = [
        trigger(reader.part(f"/app/runs/live?turn={turn}&id={run_id}"))[0]
        for turn in (0, 2, 4, 6, 8, 9, 1000)
    ]
    assert (waits[0], waits[-2:]) == (2, [30, 30])
    assert waits[:-1] == sorted(set(waits))
