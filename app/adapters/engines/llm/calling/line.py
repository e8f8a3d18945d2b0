"""The line to a model: every call of a process goes through it, from whichever thread."""

from collections.abc import Callable

from app.adapters.engines.llm.calling.breaker import Breaker
from app.adapters.engines.llm.calling.call import (
    Busy,
    CallFailed,
    Prompt,
    Refused,
    Said,
    Unwanted,
)
from app.adapters.engines.llm.calling.held import Held
from app.adapters.engines.llm.calling.ladder import Ladder
from app.adapters.engines.llm.calling.places import Places
from app.adapters.engines.llm.calling.purse import Purse
from app.domain.tariff.away import ModelAway
from app.kit import meters

TRIES = 4
_LONGEST_WAIT_S = 60.0
_BACKOFF_S = 0.5  # doubled each time

Wait = Callable[[float], object]


class Line:
    """One call at a time from each caller, as many callers as the provider bears."""

    def __init__(
        self,
        ladder: Ladder,
        places: Places,
        breaker: Breaker,
        purse: Purse,
        wait: Wait | None = None,
    ) -> None:
        self.ladder = ladder
        self.places = places
        self.breaker = breaker
        self._purse = purse
        self._hung_up = False
        self._wait = wait

    def ask(self, prompt: Prompt, organization_id: str, held: Held) -> Said:
        """An answer; what may come later is asked for again, as late as the provider wants it."""
        for turn in range(1, TRIES + 1):
            self.breaker.enter()
            try:
                return self._once(prompt, organization_id, held)
            except CallFailed as error:
                if held.over:  # it was ended by us: nothing is learned of the provider
                    raise Unwanted from None
                self._note(error)
                pause = _pause(error, turn)
                if pause is None:
                    raise
            (self._wait or held.wait)(pause)
        raise AssertionError(TRIES)  # the last turn answers or raises

    def hang_up(self) -> None:
        """The process stops: no more calls, and those under way end."""
        self._hung_up = True
        self.ladder.close()

    def _once(self, prompt: Prompt, organization_id: str, held: Held) -> Said:
        with self.places.taken(), self._purse.opened(organization_id, prompt) as bill:
            if self._hung_up:
                bill.nothing()
                raise ModelAway("This worker is stopping.")
            if held.over:
                raise Unwanted
            with held.under_way():
                said = self.ladder.ask(prompt)
            bill.used(said)
        self.places.went_well()
        self.breaker.went_well()
        meters.MODEL_CALLS.add("answered")
        return said._replace(micros=bill.micros)

    def _note(self, error: CallFailed) -> None:
        meters.MODEL_CALLS.add("refused" if isinstance(error, Refused) else "failed")
        if isinstance(error, Busy):
            self.places.too_many()
        if isinstance(error, Refused):  # it was there, and said no to this one
            self.breaker.went_well()
        elif not isinstance(error, Busy):
            self.breaker.failed()


def _pause(error: CallFailed, turn: int) -> float | None:
    """Seconds until the next try, or None where there is none."""
    if not error.again or turn == TRIES:
        return None
    asked = error.retry_after_s if isinstance(error, Busy) else None
    if asked is None:
        return _BACKOFF_S * float(2 ** (turn - 1))
    return asked if asked <= _LONGEST_WAIT_S else None
