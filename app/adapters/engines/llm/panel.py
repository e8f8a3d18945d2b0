"""Lets a batch of seats react: groups side by side, each mended once at most, the lost counted."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from app.adapters.engines.llm.answers import reading
from app.adapters.engines.llm.answers.gate import Gate
from app.adapters.engines.llm.answers.reaction import reaction
from app.adapters.engines.llm.calling.call import CallFailed, Prompt, Said
from app.adapters.engines.llm.calling.held import Held, watched
from app.adapters.engines.llm.calling.line import Line
from app.adapters.engines.llm.kept import Kept
from app.adapters.engines.llm.mendings import Mendings
from app.adapters.engines.llm.seating import Seating, Sitter
from app.domain.panel.losses import too_many
from app.domain.panel.shapes import Reaction
from app.domain.tariff import worth
from app.domain.tariff.account import Account
from app.domain.tariff.away import ModelAway
from app.domain.tariff.sizes import PEOPLE
from app.kit import logs

Wanted = Callable[[str], bool]  # whether a run or thread is to go on

_log = logs.logger("model")


class Batch:
    """Some seats of one run on their way through the model."""

    def __init__(
        self, line: Line, account: Account, seating: Seating, kept: Kept, wanted: Wanted
    ) -> None:
        self._line = line
        self._wanted = wanted
        self._account = account
        self._seating = seating
        self._kept = kept
        self._mendings = Mendings(0)
        self._calls = self._micros = 0
        self._held = Held()
        self._why: Counter[str] = Counter()
        self._refusal: ModelAway | None = None
        self._lock = threading.Lock()

    def react(self, seats: Sequence[int]) -> list[Reaction]:
        """The reactions that came; too few of them are none, and are tried again later."""
        run, size = self._account.work_id, PEOPLE[self._seating.detail]
        open_ = [number for number in seats if self._kept.of(run, number) is None]
        groups = [open_[first : first + size] for first in range(0, len(open_), size)]
        alone = len(seats) == self._seating.plan.request.persona_count
        self._mendings = Mendings(worth.mendings(len(groups), at_least=int(alone)))
        if groups:
            self._ask_all(groups)
        found = [one for number in seats if (one := self._kept.of(run, number)) is not None]
        _log.info("model.batch", people=len(found), calls=self._calls, micros=self._micros)
        if not self._held.over:  # else nobody reads how many answered
            self._look(len(seats) - len(found))
        for one in found:
            self._kept.drop(run, one.number)
        return found

    def _ask_all(self, groups: Sequence[Sequence[int]]) -> None:
        """All groups, as many at once as there are places, for as long as the run is wanted."""
        run = self._account.work_id
        with (
            watched(self._held, lambda: self._wanted(run)),
            ThreadPoolExecutor(min(self._line.places.most, len(groups))) as pool,
        ):
            list(pool.map(self._group, groups))

    def _look(self, lost: int) -> None:
        if not lost:
            return
        _log.warning("model.people_lost", lost=lost, why=dict(self._why))
        if too_many(lost, self._seating.plan.request.persona_count):
            raise self._refusal or ModelAway("The model left too many people without an answer.")

    def _group(self, numbers: Sequence[int]) -> None:
        """Ask for a few people, and once more for those whose answer cannot be used."""
        if self._held.over:
            return
        people = [self._seating.sitter(number) for number in numbers]
        try:
            said = self._ask(self._seating.prompt(people))
            left, problems = self._take(people, said)
            if left and said.ended != "refused" and self._mendings.one():
                said = self._ask(self._seating.mending(left, said.text, problems))
                left, _ = self._take(left, said)
            self._lose("refused" if said.ended == "refused" else "unusable", len(left))
        except CallFailed as error:
            self._lose(type(error).__name__, len(people))
        except ModelAway as error:
            self._refusal = error
            self._lose(type(error).__name__, len(people))

    def _ask(self, prompt: Prompt) -> Said:
        said = self._line.ask(prompt, self._account.organization_id, self._held)
        with self._lock:
            self._calls += 1
            self._micros += said.micros
        return said

    def _take(self, people: Sequence[Sitter], said: Said) -> tuple[list[Sitter], list[str]]:
        """Keep the usable answers; gives whom nothing was kept of, and what was wrong."""
        by_id = {one.seat.persona.id: one for one in people}
        read = reading.people(said.text, self._seating.shape, list(by_id))
        problems = read.problems
        for name, answer in read.people.items():
            one = by_id[name]
            gate = Gate(self._seating.read_by(one), self._seating.plan.document.text)
            made = reaction(one.seated, answer, gate, one.disposition.luck, self._seating.kinds)
            if isinstance(made, Reaction):
                if said.saw:
                    made.state["saw"] = True
                self._kept.add(self._account.work_id, made)
                del by_id[name]
            else:
                problems += made
        return list(by_id.values()), problems

    def _lose(self, why: str, people: int) -> None:
        if people:
            with self._lock:
                self._why[why] += people
