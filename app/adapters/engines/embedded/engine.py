"""The embedded engine: a panel without network, key or model, the same on every machine."""

from collections.abc import Callable, Sequence

from app.adapters.engines.embedded import ask as followup
from app.adapters.engines.embedded import voice
from app.adapters.engines.embedded.heads.odds import learned
from app.adapters.engines.embedded.plan import VERSION, Plan, chair, make_plan, seat
from app.adapters.engines.embedded.read import reread
from app.adapters.engines.embedded.seat import Seat
from app.adapters.engines.embedded.state import state_of
from app.adapters.engines.embedded.synthesis import synthesise
from app.adapters.engines.embedded.view import Views
from app.domain.panel.preference import compare
from app.domain.panel.shapes import Answer, Json, PanelRequest, Persona, Reaction, Synthesis

Speak = Callable[[Seat, str], Json]
Reply = Callable[[Seat, str, Sequence[str], Callable[[str], Seat]], Answer]
Sum = Callable[[str, Sequence[Answer]], str]
_SHOWN = ("id", "name", "age", "occupation", "archetype", "circle", "context")
_EDITS_KEPT = 8  # what-ifs of one question, read once for all seats


class EmbeddedEngine:
    """Seats people, lets them read, and adds up what they did; equal requests, equal bytes."""

    name = "embedded"
    version = VERSION

    def __init__(
        self,
        speak: Speak = voice.speak,
        reply: Reply = followup.answer,
        summary: Sum = followup.summarise,
    ) -> None:
        self._speak = speak
        self._reply = reply
        self._summary = summary

    def plan(self, request: PanelRequest) -> Plan:
        """Read the content and settle the audience."""
        return make_plan(request)

    def react(self, plan: Plan, seats: Sequence[int]) -> list[Reaction]:
        """The reactions of these seats, in their order."""
        return [self._reaction(plan, self.reseat(plan, number)) for number in seats]

    def reseat(self, plan: Plan, number: int, content: str | None = None) -> Seat:
        """The seat again, on the same content or on an edited one, with the same noise."""
        return self._reseat(plan, number, content, {})

    def synthesise(self, plan: Plan, reactions: Sequence[Reaction]) -> Synthesis:
        """The report of a whole panel."""
        return synthesise(plan, reactions)

    def ask(
        self, plan: Plan, reactions: Sequence[Reaction], question: str, history: Sequence[str]
    ) -> list[Answer]:
        """Answers of these seats to a follow-up."""
        read_before: dict[str, Views] = {}
        return [self._answer(plan, one.number, question, history, read_before) for one in reactions]

    def summarise(self, question: str, answers: Sequence[Answer]) -> str:
        """What several answers have in common."""
        return self._summary(question, answers)

    def compare(self, plans: Sequence[Plan], panels: Sequence[Sequence[Reaction]]) -> Json:
        """Which of several variants the same panel prefers."""
        return compare(panels, learned([plan.document.wording for plan in plans]))

    def _reaction(self, plan: Plan, taken: Seat) -> Reaction:
        return Reaction(
            number=taken.persona.number,
            persona=_shown(taken.persona),
            body=self._speak(taken, plan.request.detail),
            state=state_of(taken),
        )

    def _answer(
        self,
        plan: Plan,
        number: int,
        question: str,
        history: Sequence[str],
        read_before: dict[str, Views],
    ) -> Answer:
        def rerun(edited: str) -> Seat:
            return self._reseat(plan, number, edited, read_before)

        return self._reply(self.reseat(plan, number), question, history, rerun)

    def _reseat(
        self, plan: Plan, number: int, content: str | None, read_before: dict[str, Views]
    ) -> Seat:
        views = plan.views
        if content is not None:
            if content not in read_before and len(read_before) < _EDITS_KEPT:
                read_before[content] = Views(reread(plan.document, content))
            views = read_before.get(content) or Views(reread(plan.document, content))
        return seat(plan, views, chair(plan, number))


def _shown(persona: Persona) -> Json:
    return {name: getattr(persona, name) for name in _SHOWN}
