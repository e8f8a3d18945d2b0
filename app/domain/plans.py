"""The price list as data: plans, packs, what a persona costs. Docs, pages and tests render from it.

One token is one persona at `snapshot`. Money is integer micro-dollars inside.
"""

from dataclasses import dataclass
from typing import Final

MICROS: Final = 1_000_000  # in one dollar
CENT: Final = MICROS // 100
SPEND_ORDER: Final = ("included", "trial", "packs", "overage")
TRIAL_TOKENS: Final = 300  # once per verified person
TRIAL_TOKENS_AT_PROVISIONING: Final = 150  # the rest at the claim
TEST_TOKENS_PER_DAY: Final = 5_000
ASK_TOKENS: Final = 1  # per persona asked
SAMPLE_ASKED: Final = 10  # personas of a segment or archetype who answer

MIN_PERSONAS: Final = 10
MAX_PERSONAS: Final = 1000
DEFAULT_PERSONAS: Final = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """A monthly plan; a zero overage price means that overage is refused."""

    name: str
    usd_micros: int
    included: int
    overage_micros: int  # per token
    cap_micros: int  # default cap on overage per period


@dataclass(frozen=True, slots=True)
class Pack:
    """Tokens bought once; they never end."""

    name: str
    usd_micros: int
    tokens: int


PLANS: Final = {
    plan.name: plan
    for plan in (
        Plan("trial", 0, 0, 0, 0),
        Plan("starter", 20 * MICROS, 4_000, 5_000, 20 * MICROS),
        Plan("pro", 50 * MICROS, 12_500, 4_000, 50 * MICROS),
        Plan("scale", 200 * MICROS, 55_000, 3_600, 200 * MICROS),
    )
}
PAID_PLANS: Final = tuple(name for name, plan in PLANS.items() if plan.usd_micros)

PACKS: Final = {
    pack.name: pack
    for pack in (
        Pack("small", 5 * MICROS, 1_000),
        Pack("medium", 20 * MICROS, 4_000),
        Pack("large", 50 * MICROS, 12_500),
        Pack("scale", 200 * MICROS, 55_000),
    )
}

# Tokens for ten personas, so that no half token is ever a float.
_PER_TEN: Final = {"snapshot": 10, "standard": 15, "deep": 25}
VISUAL: Final = 3  # times the price
DETAILS: Final = tuple(_PER_TEN)


def tokens_for(personas: int, detail: str, *, visual: bool = False) -> int:
    """The price of so many personas, rounded up to whole tokens."""
    tenths = personas * _PER_TEN[detail] * (VISUAL if visual else 1)
    return -(-tenths // 10)


def in_cents(micros: int, parts: int = 1) -> int:
    """One of so many equal parts in whole cents; half a cent is rounded up."""
    return (2 * micros + parts * CENT) // (2 * parts * CENT) * CENT


def usd(micros: int) -> str:
    """An amount in dollars and whole cents as a field holds it, such as `1200.50`."""
    return f"{micros // MICROS}.{micros % MICROS // 10_000:02}"


def per_persona_listed() -> str:
    """What a persona costs at each detail, as a sentence lists it: `snapshot 1, deep 2.5`."""
    return ", ".join(f"{detail} {per_persona(detail)}" for detail in DETAILS)


def per_persona(detail: str, *, visual: bool = False) -> str:
    """The price of one persona as exact text, such as `1.5`."""
    tenths = _PER_TEN[detail] * (VISUAL if visual else 1)
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)
