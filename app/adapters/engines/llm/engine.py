"""The engine a model plays: seats, reading and sums of the embedded one, words of the model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.adapters.engines.embedded.engine import EmbeddedEngine
from app.adapters.engines.embedded.heads.odds import learned
from app.adapters.engines.embedded.plan import Plan
from app.adapters.engines.embedded.seat import Seat
from app.adapters.engines.llm.asking import Questioning
from app.adapters.engines.llm.calling.line import Line
from app.adapters.engines.llm.kept import Kept
from app.adapters.engines.llm.panel import Batch, Wanted
from app.adapters.engines.llm.prompt.text import shown
from app.adapters.engines.llm.seating import Seating
from app.adapters.engines.llm.validity import looked_at, validity
from app.domain.panel.preference import compare
from app.domain.panel.shapes import Answer, Json, PanelRequest, Reaction, Synthesis
from app.domain.panel.stacked import stacked
from app.domain.tariff import worth
from app.domain.tariff.account import Account
from app.domain.tariff.panelist import MODEL
from app.domain.tariff.rate import Terms

_SHORTENED = " Asked of people who read a shortened text."


@dataclass(frozen=True, slots=True)
class Player:
    """A model as a process knows it."""

    line: Line
    terms: Terms
    model: str
    version: str
    kept: Kept
    wanted: Wanted


class ModelEngine:
    """One piece of somebody's work, done by a model on their account."""

    name = MODEL

    def __init__(self, player: Player, account: Account) -> None:
        self.version = player.version
        self._line = player.line
        self._terms = player.terms
        self._player = player
        self._account = account
        self._panel = EmbeddedEngine(speak=_silent)
        self._shortened = False  # whether the last question went to people who read less

    def plan(self, request: PanelRequest) -> Plan:
        """Read the content and settle the audience, as the embedded engine does."""
        return self._panel.plan(request)

    def react(self, plan: Plan, seats: Sequence[int]) -> list[Reaction]:
        """The reactions of these seats, in their order, without the few that were lost."""
        seating = Seating(plan, self._terms, self._panel)
        batch = Batch(self._line, self._account, seating, self._player.kept, self._player.wanted)
        return batch.react(seats)

    def synthesise(self, plan: Plan, reactions: Sequence[Reaction]) -> Synthesis:
        """The report, made as from any reactions; what it may claim is the model's own."""
        request = plan.request
        visual = request.url_mode == "visual"
        room = worth.room(self._terms, request.detail, request.persona_count, visual=visual)
        text = shown(plan.document, room)
        told = validity(
            self._player.model, text, plan.document.language, request.persona_count, reactions
        )
        if visual:
            told |= looked_at(told["note"], reactions)
        told["stacked"] = stacked(reactions, self._embedded(plan, reactions))
        return replace(self._panel.synthesise(plan, reactions), validity=told)

    def ask(
        self, plan: Plan, reactions: Sequence[Reaction], question: str, _history: Sequence[str]
    ) -> list[Answer]:
        """Answers of these seats; each knows what it was asked and said before by itself."""
        asked = Questioning(
            self._line, self._account, self._terms, plan, self._panel, reactions,
            self._player.wanted,
        )  # fmt: skip
        self._shortened = asked.text.shortened
        return asked.put(question)

    def summarise(self, question: str, answers: Sequence[Answer]) -> str:
        """What several answers have in common."""
        if not answers:  # the question was cancelled meanwhile
            return ""
        told = self._panel.summarise(question, answers)
        return told + _SHORTENED if self._shortened else told

    def compare(self, plans: Sequence[Plan], panels: Sequence[Sequence[Reaction]]) -> Json:
        """Which of several variants the same panel prefers, stacked with the embedded score."""
        beside = [self._embedded(*each) for each in zip(plans, panels, strict=True)]
        return compare(panels, learned([plan.document.wording for plan in plans]), beside)

    def _embedded(self, plan: Plan, reactions: Sequence[Reaction]) -> list[Reaction]:
        """The same people as the embedded engine has them: the same from the same seed."""
        return self._panel.react(plan, [one.number for one in reactions])


def _silent(_seat: Seat, _detail: str) -> Json:
    return {}
