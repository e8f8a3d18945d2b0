"""A question to people who have reacted: each keeps their stance, and rests on what they read."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from app.adapters.engines.embedded.ask.question import understood
from app.adapters.engines.embedded.ask.whatif.hypotheses import supposes
from app.adapters.engines.embedded.engine import EmbeddedEngine
from app.adapters.engines.embedded.plan import Plan, chair
from app.adapters.engines.llm.answers import reading, schema
from app.adapters.engines.llm.answers.gate import Gate
from app.adapters.engines.llm.answers.shape import Reply
from app.adapters.engines.llm.calling.call import CallFailed, Prompt, Turn
from app.adapters.engines.llm.calling.held import Held, watched
from app.adapters.engines.llm.calling.line import Line
from app.adapters.engines.llm.mendings import Mendings
from app.adapters.engines.llm.prompt import rules
from app.adapters.engines.llm.prompt.card import card
from app.adapters.engines.llm.prompt.stance import question_of, stance, talk
from app.adapters.engines.llm.prompt.text import shown
from app.adapters.engines.llm.whatif import WhatIf, supposed
from app.domain.panel.losses import too_many
from app.domain.panel.shapes import Answer, Reaction
from app.domain.tariff import worth
from app.domain.tariff.account import Account
from app.domain.tariff.away import ModelAway
from app.domain.tariff.rate import Terms
from app.domain.tariff.sizes import ANSWERED, ASK_FRAME, HISTORY, MENDING, most_tokens
from app.kit import logs

Usable = Callable[[str], tuple[Answer | None, list[str]]]

_AGAIN = "This cannot be used. {problems}. Give the JSON again, mended and whole."
_log = logs.logger("model")


class Questioning:
    """One question, put to some people of a panel."""

    def __init__(
        self,
        line: Line,
        account: Account,
        terms: Terms,
        plan: Plan,
        panel: EmbeddedEngine,
        asked: Sequence[Reaction],
        wanted: Callable[[str], bool],
    ) -> None:
        self._wanted = wanted
        self._terms = terms
        self._whatif: WhatIf | None = None
        self._line = line
        self._account = account
        self._plan = plan
        self._panel = panel
        self._asked = asked
        self._room = worth.question_room(terms, len(asked))
        self.text = shown(plan.document, self._room)
        self._schema = schema.of(Reply)
        self._held = Held()
        self._refusal: ModelAway | None = None
        self._mendings = Mendings(worth.mendings(len(asked)))

    def put(self, question: str) -> list[Answer]:
        """The answers that came; too few of them are none."""
        edit = supposed(self._plan, question)
        if edit is not None:
            self._whatif = WhatIf(self._plan, edit, self._terms, self._panel, self._room)
        came = self._ask_all(question)
        answers = [answer for answer in came if answer is not None]
        if self._held.over:  # nobody reads them
            return []
        lost = len(self._asked) - len(answers)
        if lost:
            _log.warning("model.answers_lost", lost=lost)
        if too_many(lost, len(self._asked)):
            raise self._refusal or ModelAway("The model left too many people without an answer.")
        return answers

    def _ask_all(self, question: str) -> list[Answer | None]:
        """Everybody, as many at once as there are places, for as long as it is wanted."""
        thread = self._account.work_id
        with (
            watched(self._held, lambda: self._wanted(thread)),
            ThreadPoolExecutor(max(1, min(self._line.places.most, len(self._asked)))) as pool,
        ):
            return list(pool.map(lambda one: self._answer(one, question), self._asked))

    def _answer(self, one: Reaction, question: str) -> Answer | None:
        if self._whatif is None:
            gate = Gate(self._read_by(one), self._plan.document.text)
            unmade = supposes(understood(question))  # nobody has read the text so changed
            return self._asked_for(
                self._prompt(one, question), lambda said: _usable(said, one, gate, unmade=unmade)
            )
        changed = self._whatif
        unmet = changed.unmet(one, self._read_by(one))
        if unmet is not None:
            return unmet
        return self._asked_for(changed.prompt(one), lambda said: changed.usable(said, one))

    def _asked_for(self, prompt: Prompt, usable: Usable) -> Answer | None:
        """The answer to a call, asked for once more where it cannot be used."""
        try:
            said = self._line.ask(prompt, self._account.organization_id, self._held)
            answer, problems = usable(said.text)
            if answer is None and said.ended != "refused" and self._mendings.one():
                again = _mending(prompt, said.text, problems)
                said = self._line.ask(again, self._account.organization_id, self._held)
                answer, _ = usable(said.text)
        except CallFailed:
            return None
        except ModelAway as error:
            self._refusal = error
            return None
        return answer

    def _read_by(self, one: Reaction) -> str:
        seat = self._panel.reseat(self._plan, one.number)
        return self.text.up_to(self.text.read(seat.exposure))

    def _prompt(self, one: Reaction, question: str) -> Prompt:
        seat = self._panel.reseat(self._plan, one.number)
        disposition = chair(self._plan, one.number).disposition
        room = min(HISTORY, max(0, self._room - most_tokens(self.text.block)))
        own = (
            card(seat.persona, disposition, seat.exposure, self.text),
            stance(one),
            talk(one, room),
            question_of(question),
        )
        asked = "\n\n".join(part for part in own if part)
        return Prompt(
            rules=rules.ANSWERING,
            shared=self.text.block,
            own=asked,
            schema=self._schema,
            most_in=ASK_FRAME + most_tokens(self.text.block) + most_tokens(asked),
            most_out=ANSWERED,
        )


def _mending(prompt: Prompt, answer: str, problems: Sequence[str]) -> Prompt:
    wrong = _AGAIN.format(problems="; ".join(problems))[: 4 * MENDING]
    turn = Turn(answer[: 4 * ANSWERED] or "{}", wrong)
    return replace(prompt, turn=turn, most_in=prompt.most_in + ANSWERED + MENDING)


def _usable(
    text: str, one: Reaction, gate: Gate, *, unmade: bool
) -> tuple[Answer | None, list[str]]:
    """The answer, grounded only where what it rests on was read or said by this person."""
    reply, problems = reading.one(text, Reply)
    if reply is None:
        return None, problems
    said = gate.text(reply.answer)
    if not said:
        return None, ["answer: quotes words that are not in the lines this person read"]
    own = " ".join(_own_words(one.body)).lower()
    rests = [part for part in reply.basis if gate.literal(part) or part.lower() in own]
    return Answer(one.number, said, reply.grounded and bool(rests) and not unmade), []


def _own_words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [word for part in parts for word in _own_words(part)]
