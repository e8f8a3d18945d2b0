"""An installation in which something happens right before a request writes what it decided."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields

from sqlalchemy.orm import Session

from app.bootstrap import Services
from tests.tools.installation import Installation, running


@dataclass(frozen=True)
class _Interrupted(Services):
    """Services whose next writing transactions each wait for an act; the last one is done."""

    acts: list[Callable[[], object]]

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        if self.acts:
            self.acts.pop(0)()
        with Services.transaction(self) as session:
            yield session


def meanwhile(
    polis: Installation, act: Callable[[], object], *, before: int = 1
) -> AbstractContextManager[Installation]:
    """The same installation; the act comes before the first of its transactions, or a later one."""
    facts = {each.name: getattr(polis.services, each.name) for each in fields(Services)}
    return running(_Interrupted(**facts, acts=[*([lambda: None] * (before - 1)), act]))
