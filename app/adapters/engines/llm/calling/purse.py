"""The money of calls: set aside before each one, settled with what it used."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.adapters.engines.llm.calling.call import CallFailed, Prompt, Said
from app.db import Database
from app.domain.tariff import spending
from app.domain.tariff.rate import Rate, Terms
from app.kit import clock, meters


class Bill:
    """What one call costs; until an answer says otherwise, the most it may."""

    def __init__(self, rate: Rate, most_micros: int) -> None:
        self._rate = rate
        self._most = most_micros
        self.micros = most_micros

    def used(self, said: Said) -> None:
        """Take over what the provider counted; what cannot be true is the most it may be."""
        tokens = (said.tokens_in, said.tokens_out)
        if all(isinstance(count, int) and count >= 0 for count in tokens):
            cost = self._rate.cost(said.tokens_in or 0, said.tokens_out or 0)
            self.micros = min(cost, self._most)

    def nothing(self) -> None:
        """The provider takes nothing for it."""
        self.micros = 0


class Purse:
    """The day's money of an installation, spent call by call by every process."""

    def __init__(self, database: Database, terms: Terms) -> None:
        self._database = database
        self._terms = terms

    @contextmanager
    def opened(self, organization_id: str, prompt: Prompt) -> Iterator[Bill]:
        """Set the most aside that a call may cost, or refuse it; settle when it is over."""
        rate = self._terms.rate
        most = rate.worst(prompt.most_in, prompt.most_out)
        bill = Bill(rate, most)
        if not most:  # a server of one's own
            yield bill
            return
        with self._database.transaction() as session:
            reserved = spending.reserve(session, self._terms, organization_id, most, clock.now())
        try:
            yield bill
        except CallFailed as error:
            if not error.billed:
                bill.nothing()
            raise
        finally:
            with self._database.transaction() as session:
                spending.settle(session, reserved, bill.micros)
            meters.MODEL_SPENT.add(amount=bill.micros)
