"""Reactions of one shape each, to put together as a test needs them."""

from app.domain.report.seats import Seat


def seat(number: int, decision: str = "stay", intent: int = 5, **body) -> Seat:
    persona = {"id": f"p{number}", "name": f"N{number}", "age": 40, "occupation": "nurse", "archetype": "reader"}  # fmt: skip
    told = {"decision": decision, "intent": intent, "quote": f"{number} says", **body}
    return Seat(number, persona, told)


def panel(*, scroll: int = 0, stay: int = 0, click: int = 0, save: int = 0) -> list[Seat]:
    decisions = ["scroll"] * scroll + ["stay"] * stay + ["click"] * click + ["save"] * save
    return [seat(number, decision) for number, decision in enumerate(decisions, 1)]


def bodies(seats: list[Seat]) -> list[dict]:
    return [one.body for one in seats]
