"""Stand-ins handed over by argument, never patched in."""

from collections.abc import Sequence
from typing import Any

from app.bootstrap import Services
from app.domain.panel.shapes import Answer, Json, PanelRequest, Reaction, Synthesis
from app.domain.panel.stats import INTERVAL_NOTE
from app.kit import clock
from app.outbox import Parcel, due
from app.worker.delivery import Delivery


class SpyQueue:
    """Keeps what would be sent to the workers."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []

    @property
    def sent(self) -> list[str]:
        """The ids alone."""
        return [parcel.work_id for parcel in self.parcels]

    def __call__(self, parcels: Sequence[Parcel]) -> None:
        self.parcels.extend(parcels)


class PlainEngine:
    """The smallest engine that keeps the port's promises: quick, and plainly about the content."""

    name = "embedded"
    version = "1"

    def plan(self, request: PanelRequest) -> PanelRequest:
        return request

    def react(self, plan: PanelRequest, seats: Sequence[int]) -> list[Reaction]:
        return [self._reaction(plan, seat) for seat in seats]

    def synthesise(self, plan: PanelRequest, reactions: Sequence[Reaction]) -> Synthesis:
        first = reactions[0]
        evidence = [{"quote": first.body["quote"], "persona_id": first.persona["id"]}]
        names = ("Leaned in", "Held back", "Passed by")
        shares = (0.5, 0.3, 0.2)
        return Synthesis(
            report={
                "segments": [
                    {"name": n, "share": s, "interval": [0.0, 1.0], "summary": n}
                    for n, s in zip(names, shares, strict=True)
                ],
                "topFriction": [
                    {"point": f"Point {n}", "severity": 5.0, "evidence": evidence} for n in range(3)
                ],
                "rewrite": {"body": plan.content, "rationale": "Nothing helped."},
            },
            stats={
                "reactions": len(reactions),
                "avgIntent": 5.0,
                "intentHistogram": [0] * 11,
                "decisions": {"stay": len(reactions), "scroll": 0, "click": 0, "save": 0},
                "sentiment": {"positive": 0, "neutral": len(reactions), "negative": 0, "mixed": 0},
            },
            archetypes=[
                {"name": "reader", "count": len(reactions), "share": 1.0, "avgIntent": 5.0}
            ],
            audience={
                "text": "readers",
                "inferred": True,
                "source": "inferred",
                "confidence": 0.5,
            },
            validity={"level": "unvalidated-format", "note": "A fake."},
            quoted=(first.number,),
            members={"Leaned in": [r.number for r in reactions], "Held back": [], "Passed by": []},
        )

    def ask(
        self, plan: Any, reactions: Sequence[Reaction], question: str, history: Sequence[str]
    ) -> list[Answer]:
        return [Answer(r.number, f"{question} Well.", grounded=True) for r in reactions]

    def summarise(self, question: str, answers: Sequence[Answer]) -> str:
        return f"{len(answers)} answered."

    def compare(self, plans: Sequence[Any], panels: Sequence[Sequence[Reaction]]) -> Json:
        share = round(1 / len(panels), 4)
        return {
            "winner": None,
            "verdict": "Too close to call.",
            "preferred": [share] * len(panels),
            "p_a_beats_b": 0.5,
            "interval": [0.4, 0.6],
            "interval_note": INTERVAL_NOTE,
            "level": "unvalidated-format",
        }

    @staticmethod
    def _reaction(plan: PanelRequest, seat: int) -> Reaction:
        persona = {
            "id": f"p{seat}", "name": "Kim", "age": 40, "occupation": "nurse", "archetype": "reader",
        }  # fmt: skip
        body = {
            "firstGlance": "one two three", "decision": "stay", "noticedFirst": "it", "pause": "no",
            "quote": f"{seat}: {plan.content[:20]}", "intent": 5,
        }  # fmt: skip
        return Reaction(seat, persona, body, {})


def work_off(services: Services) -> int:
    """Do all work that is due, in this process; gives how many rows were delivered."""
    deliver, count = Delivery(services, "test-worker"), 0
    while True:
        with services.database.reading() as session:
            parcels = due(session, clock.now())
        if not parcels:
            return count
        for work_id, _ in parcels:
            deliver(work_id)
            count += 1
