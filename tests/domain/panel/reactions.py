"""Reactions made by hand, as any engine may store them."""

from app.domain.panel.shapes import Reaction


def reaction(number, decision="stay", *, intent=5, trust=5, utility=0.0, attention=0.0, desire=0.0,
             reasons=(), said=None, archetype="reader"):  # fmt: skip
    return Reaction(
        number=number,
        persona={"id": f"p{number}", "name": f"N{number}", "archetype": archetype},
        body=said if said is not None else {"quote": f"Seat {number} said so."},
        state={
            "outcome": {"decision": decision, "intent": intent, "trust": trust,
                        "sentiment": "neutral", "utility": utility},
            "levels": {"attention": attention, "relevance": 0.0, "clarity": 0.0,
                       "credibility": 0.0, "desire": desire, "friction": 0.0},
            "reasons": [list(reason) for reason in reasons],
        },
    )  # fmt: skip
