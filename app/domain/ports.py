"""What Polis asks of the outside world, as small protocols."""

from collections.abc import Sequence
from typing import Any, Protocol

from app.domain.panel.shapes import Answer, Json, PanelRequest, Reaction, Synthesis
from app.domain.post import Mail
from app.domain.tariff.account import Account


class Engine(Protocol):
    """Seats a panel and lets it react. `plan` is cheap and pure: any worker may redo it."""

    name: str
    version: str

    def plan(self, request: PanelRequest) -> Any:
        """Read the content and settle the audience: everything all seats share."""

    def react(self, plan: Any, seats: Sequence[int]) -> list[Reaction]:
        """The reactions of these seats, in their order; seats are independent of each other."""

    def synthesise(self, plan: Any, reactions: Sequence[Reaction]) -> Synthesis:
        """The report of a whole panel, from its stored reactions."""

    def ask(
        self, plan: Any, reactions: Sequence[Reaction], question: str, history: Sequence[str]
    ) -> list[Answer]:
        """Answers of these seats to a follow-up; `history` is the thread's earlier questions."""

    def summarise(self, question: str, answers: Sequence[Answer]) -> str:
        """What several answers to one question have in common, in one or two sentences."""

    def compare(self, plans: Sequence[Any], panels: Sequence[Sequence[Reaction]]) -> Json:
        """Which of 2 to 5 variants the same panel prefers, by variant index.

        Gives `winner` (index or None), `verdict`, `preferred` (share per variant),
        `p_a_beats_b` and `interval` (best against runner-up), `interval_note` (of what that is)
        and the `level` of validity.
        """


class Models(Protocol):
    """The engines that a provider's model plays."""

    def __call__(self, account: Account) -> Engine:
        """The engine for one piece of somebody's work."""

    def hang_up(self) -> None:
        """The process stops: what is asked ends, and no more is."""


class Mailer(Protocol):
    """Carries mail out."""

    def send(self, mail: Mail) -> None:
        """Hand a mail over, or raise NotSent; the same mail twice has the same id."""
