"""A what-if: the change is made, and the same person reacts again through the model.

Seat, reading and luck are those of the run. What they did on the text as it was stands beside the
card, so that a difference comes of the change and not of another mood of the model.
"""

from collections.abc import Mapping
from dataclasses import replace

from app.adapters.engines.embedded.ask.question import understood
from app.adapters.engines.embedded.ask.whatif import Edit, hypothesis
from app.adapters.engines.embedded.engine import EmbeddedEngine
from app.adapters.engines.embedded.plan import Plan
from app.adapters.engines.llm.answers import reading
from app.adapters.engines.llm.answers.gate import Gate
from app.adapters.engines.llm.answers.reaction import reaction
from app.adapters.engines.llm.calling.call import Prompt
from app.adapters.engines.llm.prompt.stance import stance
from app.adapters.engines.llm.seating import Seating, Sitter
from app.domain.panel.shapes import Answer, Json, Reaction
from app.domain.tariff.rate import Terms
from app.domain.tariff.sizes import ANSWERED, STANCE

_DETAIL = "snapshot"  # what a question earns pays for; its figures are those of every detail
_BEFORE = (
    "This person met the text before it was changed; what they did and said then follows. Say how"
    " they react to the text as it stands above, met anew: most small changes change nothing."
)
_DOES = {
    "scroll": "pass it by", "stay": "read on", "click": "do what it asks for", "save": "keep it",
}  # fmt: skip
_UNMET = "I stop reading before I get to that, so it changes nothing for me: I would still {does}."


def supposed(plan: Plan, question: str) -> Edit | None:
    """The change a question supposes, made; None where there is none that can be made."""
    edit = hypothesis(understood(question), plan.document)
    return edit if edit is not None and edit.text != plan.document.text else None


class WhatIf:
    """One change to the text, before some people of the panel."""

    def __init__(
        self, plan: Plan, edit: Edit, terms: Terms, panel: EmbeddedEngine, room: int
    ) -> None:
        request = plan.request
        changed = replace(
            request,
            content=edit.text,
            detail=_DETAIL,
            picture=None,  # the change is to the text alone
            audience_content=request.audience_content or request.content,  # whom it was for
        )
        self._done = edit.done
        self._seating = Seating(panel.plan(changed), terms, panel, room=room)

    def unmet(self, one: Reaction, read: str) -> Answer | None:
        """The answer of somebody who stops before the change; None where they meet it."""
        if self._seating.read_by(self._seating.sitter(one.number)) != read:
            return None
        does = _DOES[one.state["outcome"]["decision"]]
        return Answer(one.number, _UNMET.format(does=does), grounded=True)

    def prompt(self, one: Reaction) -> Prompt:
        """The call that lets this person react again."""
        asked = self._seating.prompt([self._seating.sitter(one.number)])
        return replace(
            asked,
            own=f"{asked.own}\n\n{_BEFORE}\n{stance(one)}",
            most_in=asked.most_in + STANCE,
            most_out=ANSWERED,
        )

    def usable(self, text: str, one: Reaction) -> tuple[Answer | None, list[str]]:
        """What the change does to this person, as before and after."""
        sitter = self._seating.sitter(one.number)
        name = sitter.seat.persona.id
        read = reading.people(text, self._seating.shape, [name])
        if name not in read.people:
            return None, read.problems
        gate = self._gate(sitter)
        luck, kinds = sitter.disposition.luck, self._seating.kinds
        made = reaction(sitter.seated, read.people[name], gate, luck, kinds)
        if not isinstance(made, Reaction):
            return None, made
        before, after = one.state["outcome"], made.state["outcome"]
        thought = gate.text(read.people[name].thinkAloud)
        told = [_changed(self._done, before, after), *_trust(before, after), thought]
        return Answer(one.number, " ".join(part for part in told if part), grounded=True), []

    def _gate(self, sitter: Sitter) -> Gate:
        return Gate(self._seating.read_by(sitter), self._seating.plan.document.text)


def _changed(done: str, before: Mapping[str, int | str], after: Json) -> str:
    """What they would do and how much they would want it, before and after."""
    was, now = _DOES[str(before["decision"])], _DOES[after["decision"]]
    act = f"would still {now}" if was == now else f"would {now}, where I would {was} before"
    low, high = before["intent"], after["intent"]
    wanted = f"stays at {high}" if low == high else f"goes from {low} to {high}"
    return f"{done[0].upper()}{done[1:]} I {act}; my intent {wanted} of 10."


def _trust(before: Json, after: Json) -> list[str]:
    if before["trust"] == after["trust"]:
        return []
    return [f"My trust goes from {before['trust']} to {after['trust']} of 10."]
