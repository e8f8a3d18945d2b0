"""The rules of the ledger once more, in plain Python and without a database."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self

from app.domain import plans

DAY = timedelta(days=1)


class Refused(Exception):
    """What a hold would be refused with: a code, and whose limit it was."""


@dataclass
class Part:
    bucket: str
    tokens: int
    price: int
    period: datetime | None


@dataclass
class Owed:
    """What a payment that went back left to be paid, and how much of that was."""

    since: datetime
    cause: str
    tokens: int
    paid: int = 0

    @property
    def left(self) -> int:
        return self.tokens - self.paid


@dataclass(frozen=True)
class Cap:
    """A key's or app's counter and how far it may go."""

    kind: str
    period: datetime
    tokens: int | None


@dataclass
class Account:
    """One organization's tokens in one book."""

    book: str
    kept: Counter = field(default_factory=lambda: Counter(included=0, trial=0, packs=0))
    plan: str = "trial"
    start: datetime | None = None
    end: datetime | None = None
    cap: int = 0
    over: Counter = field(default_factory=Counter)  # tokens and micro-dollars of each period
    open: dict[str, list[Part]] = field(default_factory=dict)
    counted: Counter = field(default_factory=Counter)
    caps: dict[str, list[Cap]] = field(default_factory=dict)
    frozen: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    debts: list[Owed] = field(default_factory=list)

    @property
    def debt(self) -> int:
        return sum(each.left for each in self.debts)

    @property
    def over_micros(self) -> int:
        return self.over["micros", self.start]

    @property
    def on_its_way(self) -> int:
        """What is held since an earlier period, and will be on the invoice of this one."""
        parts = [part for parts in self.open.values() for part in parts]
        crossing = [
            part for part in parts if part.bucket == "overage" and part.period != self.start
        ]
        return sum(part.tokens * part.price for part in crossing)

    @property
    def held(self) -> int:
        running = sum(part.tokens for parts in self.open.values() for part in parts)
        return running + sum(self.frozen.values())

    def active(self, now: datetime) -> bool:
        return self.end is not None and now < self.end

    def included(self, now: datetime) -> int:
        """What is left of the period that runs, if one does; a new test day begins by itself."""
        if self.active(now):
            return self.kept["included"]
        return plans.TEST_TOKENS_PER_DAY if self.book == "test" else 0

    def price(self, now: datetime) -> int:
        return plans.PLANS[self.plan].overage_micros if self.live(now) else 0

    def live(self, now: datetime) -> bool:
        return self.active(now) and self.plan in plans.PAID_PLANS

    def room(self, now: datetime) -> int:
        price = self.price(now)
        return (self.cap - self.over_micros) // price if price else 0

    def spendable(self, now: datetime) -> int:
        if self.debt:
            return 0
        return self.included(now) + self.kept["trial"] + self.kept["packs"] + self.room(now)

    def come_in(self, bucket: str, tokens: int) -> None:
        """What is owed is paid from it first, the oldest before the others."""
        self.kept[bucket] += tokens
        for each in sorted(self.debts, key=lambda owed: (owed.since, owed.cause)):
            paying = min(each.left, self.kept[bucket])
            self.kept[bucket] -= paying
            each.paid += paying

    def take_back(
        self, cause: str, bucket: str, period: datetime | None, tokens: int, now: datetime
    ) -> None:
        self.taken[cause] = 0
        if self._is_over(bucket, period):
            return
        self.taken[cause] = min(tokens, self.kept[bucket])
        self.kept[bucket] -= self.taken[cause]
        self.debts.append(Owed(now, cause, tokens - self.taken[cause]))
        self.pay_from_all()

    def put_back(self, cause: str, bucket: str, period: datetime | None) -> None:
        """What was taken and what was paid of its debt comes back, and no more is owed for it."""
        back = self.taken.pop(cause)
        for each in self.debts:
            if each.cause == cause:
                back += each.paid
                each.tokens = each.paid
        if not self._is_over(bucket, period):
            self.kept[bucket] += back
        self.pay_from_all()

    def pay_from_all(self) -> None:
        for bucket in ("included", "trial", "packs"):
            self.come_in(bucket, 0)

    def freeze(self, cause: str, bucket: str, period: datetime | None, tokens: int) -> None:
        held = 0 if self._is_over(bucket, period) else min(tokens, self.kept[bucket])
        self.kept[bucket] -= held
        self.frozen[cause] = held

    def thaw(self, cause: str, bucket: str, period: datetime | None) -> None:
        tokens = self.frozen.pop(cause)
        if not self._is_over(bucket, period):
            self.kept[bucket] += tokens
            self.pay_from_all()

    def _is_over(self, bucket: str, period: datetime | None) -> bool:
        return bucket == "included" and period != self.start

    def begin(self, plan: str, start: datetime, end: datetime) -> None:
        if start != self.start:
            self.kept["included"] = 0
        if plan != self.plan:
            self.cap = plans.PLANS[plan].cap_micros
        self.plan, self.start, self.end = plan, start, end
        self.come_in("included", plans.PLANS[plan].included)

    def hold(self, cause: str, tokens: int, caps: list[Cap], now: datetime) -> Self:
        self._turn_day(now)
        if self.debt:
            raise Refused(*_EMPTY)
        self.open[cause] = self._divide(tokens, now)
        self.caps[cause] = caps
        for cap in caps:
            self.counted[cap.kind, cap.period] += tokens
            if cap.tokens is not None and self.counted[cap.kind, cap.period] > cap.tokens:
                raise Refused("spend_cap_reached", cap.kind)
        return self

    def settle(self, cause: str, delivered: int, now: datetime) -> int:
        parts = self.open.pop(cause, [])
        price = sum(part.tokens for part in parts)
        back = refunded = max(0, price - delivered)
        for part in reversed(parts):  # overage comes back first
            returned = min(back, part.tokens)
            back -= returned
            self._return(part, returned, now)
        self.pay_from_all()
        for cap in self.caps.pop(cause, []):
            self.counted[cap.kind, cap.period] -= refunded
        return refunded

    def _divide(self, tokens: int, now: datetime) -> list[Part]:
        parts, price = [], self.price(now)
        rooms = {"included": self.included(now), "trial": self.kept["trial"]}
        rooms |= {"packs": self.kept["packs"], "overage": self._free(now)}
        for bucket, room in rooms.items():
            taken = min(tokens, room)
            tokens -= taken
            if taken and bucket == "overage":
                self._count(self.start, taken, price)
                parts.append(Part(bucket, taken, price, self.start))
            elif taken:
                self.kept[bucket] -= taken
                parts.append(Part(bucket, taken, 0, self.start if bucket == "included" else None))
        if tokens:
            raise Refused(*(("spend_cap_reached", "organization") if price else _EMPTY))
        return parts

    def _free(self, now: datetime) -> int:
        price = self.price(now)
        return max(0, self.cap - self.over_micros - self.on_its_way) // price if price else 0

    def _count(self, period: datetime | None, tokens: int, price: int) -> None:
        self.over["tokens", period] += tokens
        self.over["micros", period] += tokens * price

    def _return(self, part: Part, tokens: int, now: datetime) -> None:
        if part.bucket == "overage":  # used where it is billed: in the period that runs by now
            self._count(part.period, -part.tokens, part.price)
            over = self.end is not None and now >= self.end
            runs = self.end if over else self.start or part.period
            self._count(runs, part.tokens - tokens, part.price)
        elif part.bucket in {"trial", "packs"}:
            self.kept[part.bucket] += tokens
        elif part.period == self.start:  # else it expires with its period
            self.kept["included"] += tokens

    def _turn_day(self, now: datetime) -> None:
        if self.book != "test" or self.active(now):
            return
        self.start = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self.end = self.start + DAY
        self.plan, self.kept["included"] = "test", plans.TEST_TOKENS_PER_DAY


_EMPTY = ("not_enough_tokens", None)
