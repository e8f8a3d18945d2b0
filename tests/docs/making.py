"""Makes the worked example of the pages: one draft, every call, and what the engine answers.

`python -m tests.docs.making` writes it down again after the engine has changed.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import bootstrap, docs, migrations
from app.bootstrap import Services
from app.db import Database
from app.docs.example import PEOPLE
from app.worker.delivery import Delivery
from tests.factories import settings_for
from tests.fakes import SpyQueue, work_off
from tests.tools.agent import Agent, Json
from tests.tools.installation import InlineQueue, running

KEPT = Path(docs.__file__).with_name("example.json")
ABOUT = "a price announcement"
CONTENT = (
    "A simpler way to pay for Harbour Ledger\n\nFrom 1 March we are simplifying our plans. You "
    "keep everything you use today, and invoicing now comes with every plan. Your new monthly "
    "price will be shown at your next renewal. There is nothing you need to do. If you have "
    "questions, our team is here to help."
)
QUESTION = "What if the price were named: 12 euros a month?"
_HEADING = "A Simpler Way To Pay For Harbour Ledger"
_OTHER = "You Keep Everything You Use Today. Here Is What It Costs From 1 March."
_DRAFT = {"content_type": "text", "content": CONTENT}
_SHOWN = 2  # answers of a segment
_TIMES = {"created_at": "00", "completed_at": "02", "asked_at": "40"}  # seconds


def made(services: Services) -> Json:
    """The whole example as this engine makes it, without what differs from day to day."""
    with running(services) as waiting, _at_once(services) as polis:
        newcomer = waiting.agent(tokens=0, verified=True)
        calls = _calls(services, newcomer, polis.as_(newcomer.who))
        rich = polis.agent(tokens=2000)
        calls["compare"] = _compared(rich)
        deep = rich.call("polis_test", **_DRAFT, persona_count=PEOPLE, detail="deep")
        told = _told(calls["report"]["answer"])
        return _still(
            {
                "about": ABOUT,
                "content": CONTENT,
                **told["front"],
                "calls": calls,
                "reaction": told["reaction"],
                "deep": _only_deep(rich, deep["run_id"], told["reaction"]),
                "refused": _refused(newcomer),
            }
        )


def written(example: Json) -> str:
    """The example as its file holds it."""
    return json.dumps(example, indent=2, ensure_ascii=False) + "\n"


@contextmanager
def _at_once(services: Services) -> Iterator[Any]:
    """The same installation with a worker so quick that questions are answered as they come."""
    queue = InlineQueue()
    quick = replace(services, send=queue)
    queue.deliver = Delivery(quick, "inline")
    with running(quick) as polis:
        yield polis


def _calls(services: Services, agent: Agent, at_once: Agent) -> Json:
    """From the price to the answer, by somebody with nothing but the trial."""
    order = {**_DRAFT, "persona_count": PEOPLE}
    calls = {"estimate": _call(agent, "polis_estimate", order)}
    calls["test"] = _call(agent, "polis_test", {**order, "idempotency_key": "price-note-1"})
    run_id = calls["test"]["answer"]["run_id"]
    calls["waiting"] = _call(agent, "polis_status", {"run_id": run_id})
    work_off(services)
    calls["status"] = _call(agent, "polis_status", {"run_id": run_id, "wait_s": 25})
    calls["report"] = _call(agent, "polis_report", {"run_id": run_id})
    segments = calls["report"]["answer"]["report"]["segments"]
    largest = max(segments, key=lambda each: each["share"])["name"]
    question = {"run_id": run_id, "target": "segment", "segment": largest, "question": QUESTION}
    calls["ask"] = _call(at_once, "polis_ask", question)
    del calls["ask"]["answer"]["answers"][_SHOWN:]
    return calls


def _call(agent: Agent, tool: str, arguments: Json) -> Json:
    return {"arguments": arguments, "answer": agent.call(tool, **arguments)}


def _compared(agent: Agent) -> Json:
    """The heading of the draft beside another one."""
    variants = [{"content": _HEADING, "label": "as it is"}, {"content": _OTHER, "label": "told"}]
    arguments = {"content_type": "text", "variants": variants, "persona_count": PEOPLE}
    begun = agent.call("polis_compare", **arguments)
    answer = agent.call("polis_report", run_id=begun["compare_id"])
    return {"arguments": arguments, "begun": begun, "answer": answer}


def _told(report: Json) -> Json:
    """What the front page shows of a report, and the one reaction the pages print."""
    reactions = {each["persona"]["id"]: each for each in report.pop("reactions")}
    friction = report["report"]["topFriction"][0]
    shortest = min(friction["evidence"], key=lambda each: len(each["quote"]))
    reaction = reactions[shortest["persona_id"]]
    person = reaction["persona"]
    largest_first = sorted(report["report"]["segments"], key=lambda each: -each["share"])
    front = {
        "segments": [
            {
                "name": each["name"],
                "people": round(each["share"] * PEOPLE),
                "low": each["interval"][0],
                "high": each["interval"][1],
            }
            for each in largest_first
        ],
        "friction": friction["point"],
        "quote": shortest["quote"],
        "person": f"{person['name']}, {person['age']}, {person['occupation']}",
    }
    return {"front": front, "reaction": reaction}


def _only_deep(agent: Agent, run_id: str, reaction: Json) -> Json:
    """What the same person adds at the deepest level."""
    seat = int(reaction["persona"]["id"].removeprefix("p")) - 1
    page = agent.call("polis_report", run_id=run_id, offset=seat, limit=1)
    (deeper,) = page["reactions"]
    return {name: value for name, value in deeper.items() if name not in reaction}


def _refused(agent: Agent) -> Json:
    """Two refusals that everybody meets."""
    wrong = {**_DRAFT, "persona_count": 5, "url_mode": "copy"}
    dear = {**_DRAFT, "persona_count": PEOPLE}
    return {
        "invalid_input": {"arguments": wrong, "error": agent.refusal("polis_test", **wrong)},
        "not_enough_tokens": {"arguments": dear, "error": agent.refusal("polis_test", **dear)},
    }


def _still(example: Json) -> Json:
    """The same with ids, times, links and this machine's address made to last."""
    text = json.dumps(example, ensure_ascii=False).replace("http://127.0.0.1:8000", "BASE_URL")
    text = re.sub(r"/pay/[^\"]+", "/pay/…", text)
    for name, second in _TIMES.items():
        text = re.sub(rf'"{name}": "[^"]+"', f'"{name}": "2026-11-14T09:40:{second}.000Z"', text)
    seen: dict[str, dict[str, str]] = {}
    lasting: Json = json.loads(_ID.sub(lambda found: _lettered(found, seen), text))
    return lasting


def _lettered(found: re.Match[str], seen: dict[str, dict[str, str]]) -> str:
    """An id as a page shows it: shortened, and still told from the others."""
    of_its_kind = seen.setdefault(found[1], {})
    letter = of_its_kind.setdefault(found[0], chr(ord("a") + len(of_its_kind)))
    return f"{found[1]}_01…{letter}"


_ID = re.compile(r"\b(run|thr|cmp|org|req)_[0-9a-z]{16,}")


def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/example.db"
        migrations.upgrade(Database(url))
        services = bootstrap.build(settings_for(url, Path(folder)))
        KEPT.write_text(written(made(replace(services, send=SpyQueue()))), encoding="utf-8")
        services.database.dispose()


if __name__ == "__main__":
    _main()
