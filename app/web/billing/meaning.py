"""What a cap on overage means: where tests stop, and whether the pace leads there."""

from datetime import datetime
from typing import NamedTuple

from app.domain import plans
from app.domain.billing import cap
from app.domain.billing.alerts import THRESHOLDS
from app.domain.outlook import Outlook
from app.errors import InvalidInput


class Meaning(NamedTuple):
    """A cap as it would work from now on."""

    micros: int
    used_micros: int
    tokens: int  # of overage a period
    resets: datetime
    paced: bool  # whether a pace is known
    reached_at: datetime | None  # at that pace, where it is before the reset

    @property
    def stops_now(self) -> bool:
        """Whether what it allows is used already."""
        return self.used_micros >= self.micros

    @property
    def used_share(self) -> int:
        """Of 100."""
        return min(100, 100 * self.used_micros // self.micros) if self.micros else 100

    @property
    def mails(self) -> list[int]:
        """The amounts at which owners get a mail."""
        return [self.micros * threshold // 100 for threshold in THRESHOLDS]


def of(ahead: Outlook, micros: int) -> Meaning:
    """What a cap of so much means as things stand."""
    standing, price = ahead.standing, plans.PLANS[ahead.standing.plan].overage_micros
    left = max(0, (micros - standing.overage_micros) // price)
    paced = ahead.runs_out is not None
    at = None
    if ahead.runs_out is not None:
        at = ahead.runs_out.pace.runs_out(standing.prepaid + left, ahead.now).at
    resets = ahead.period.end
    reached = at if at is not None and at < resets else None
    return Meaning(micros, standing.overage_micros, micros // price, resets, paced, reached)


def typed(ahead: Outlook, text: str) -> tuple[Meaning | None, str]:
    """What somebody types means; or what is wrong with it."""
    try:
        return of(ahead, cap.read(text)), ""
    except InvalidInput as problem:
        return None, problem.message
