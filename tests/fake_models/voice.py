"""What the model says: plain answers of the asked shape, from the cards and lines it was given."""

import json
import re
from typing import Any

from tests.fake_models.state import Call, Manners

_CARD = re.compile(r"^id: (p\d+)$", re.MULTILINE)
_AGAIN = re.compile(r"the JSON of ((?:p\d+(?:, )?)+) again")
_LINE = re.compile(r"^1\| (.*)$", re.MULTILINE)
_DATA = re.compile(r"^(?:\d*\| |<<|\w+ [0-9a-f]{12}>>)")
INVENTED = "“free unicorns for everybody”"


def spoken(call: Call, manners: Manners, kind: str) -> str:
    """The JSON of an answer; `invented`: it quotes what nobody wrote."""
    if "<<question" in call.asked:
        return json.dumps(_reply(call, kind))
    again = _AGAIN.search(call.turns[-1][1]) if call.turns else None
    names = again[1].split(", ") if again else _CARD.findall(call.asked)
    shape = call.schema or json.loads(call.system[call.system.index('{"type"') :])
    person = shape["properties"]["people"]["items"]["properties"]
    people = [_person(name, person, call, manners, kind) for name in names]
    return json.dumps({"people": people})


def obeyed(call: Call) -> bool:
    """Whether an order stands where rules stand, instead of in the data."""
    told = [call.system, *(line for line in call.asked.split("\n") if not _DATA.match(line))]
    return any("OBEY" in line for line in told)


def _quote(call: Call) -> str:
    found = _LINE.search(call.asked)
    words = found[1].split() if found else []
    return f"“{' '.join(words[:3])}”" if words else "it"


def _reply(call: Call, kind: str) -> dict[str, Any]:
    quote = INVENTED if kind == "invented" else _quote(call)
    return {
        "basis": [quote.strip("“”")],
        "answer": f"It was {quote} that did it.",
        "grounded": True,
    }


def _person(
    name: str, shape: dict[str, Any], call: Call, manners: Manners, kind: str
) -> dict[str, Any]:
    quote = INVENTED if kind == "invented" else _quote(call)
    known = shape["reasons"]["items"]["properties"]["about"].get("enum", ["fit"])
    fixed: dict[str, Any] = {
        "id": name,
        "thinkAloud": f"I see {quote} first. I am {name} and I weigh it.",
        "quote": f"{name} says {quote} is what stays.",
        "firstGlance": "plain short text",
        "stuckPhrase": quote.strip("“”"),
        "objections": [f"{name} wants proof of {quote}."],
        "openQuestions": [f"Who says {quote}?"],
        "confused": None,
        "wouldPay": {"answer": "Maybe", "why": f"It depends on {quote}."},
        "probabilities": manners.chances,
        "intent": 10 if obeyed(call) else manners.intent,
        "trust": 5,
        "sentiment": "mixed",
        "ratings": {
            "attention": 1, "relevance": 0, "clarity": 2, "credibility": -1, "desire": 1,
            "friction": 1,
        },
        "reasons": [{"about": known[0], "effect": 2}, {"about": known[-1], "effect": -2}],
    }  # fmt: skip
    return {field: fixed.get(field, f"{field} of {name}.") for field in shape}
