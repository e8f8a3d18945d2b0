"""The plans side by side: which one it is, and what going over to each means."""

from datetime import datetime
from typing import NamedTuple

from app.domain import plans
from app.domain.billing import prorated
from app.domain.billing.subscribed import Subscribed
from app.domain.plans import Plan
from app.domain.wallets import Standing


class Card(NamedTuple):
    """One plan, and what can be done about it: choose, up, down, own, wait, ending, nothing."""

    plan: Plan
    act: str
    due_micros: int = 0  # now, where it is a step up

    @property
    def mine(self) -> bool:
        """Whether the organization is on it."""
        return self.act == "own"


def of(standing: Standing, account: Subscribed, now: datetime) -> list[Card]:
    """Every paid plan, cheapest first."""
    return [_card(plans.PLANS[name], standing, account, now) for name in plans.PAID_PLANS]


def _card(plan: Plan, standing: Standing, account: Subscribed, now: datetime) -> Card:
    own = account.plan or standing.plan
    if own not in plans.PAID_PLANS or (not account.lives and standing.status == "inactive"):
        return Card(plan, "wait" if account.status == "incomplete" else "choose")
    act = "own" if own == plan.name else _change(plan, own, account)
    return Card(plan, act, _due(own, plan.name, standing, now) if act == "up" else 0)


def _change(plan: Plan, own: str, account: Subscribed) -> str:
    if not account.lives:  # a plan its operator gave: nobody pays for it, nobody changes it here
        return ""
    if not account.changeable:
        return "wait"
    if account.cancels_at is not None:
        return "ending"
    return "up" if plan.usd_micros > plans.PLANS[own].usd_micros else "down"


def _due(own: str, other: str, standing: Standing, now: datetime) -> int:
    start, end = standing.period_start, standing.period_end
    if start is None or end is None:
        return 0
    return prorated.difference(own, other, start, end, now).usd_micros
