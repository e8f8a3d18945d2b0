"""The rows of a statement in words, the same on the page and in its file."""

from app.domain.billing.causes import Subject
from app.domain.billing.statement import Line
from app.kit.money import usd
from app.web.formats import number

_RUNS = ("run", "compare", "turn")
_HELD = {"dispute": "frozen until the dispute is decided"}
_BACK = {"dispute": "dispute decided, no longer frozen"}
_TAKEN = {
    "refund": "taken back, the payment was refunded",
    "dispute": "taken back, dispute lost",
    "moved": "taken along to another kind of payment",
}


def title(line: Line, subject: Subject) -> str:
    """What a row is about."""
    return "Rest of the period" if line.kind == "expiry" else subject.title


def what(line: Line, subject: Subject) -> str:
    """What happened, in a few words."""
    parts = [_told(line, subject)]
    if line.expired:
        parts.append(f"{number(line.expired)} came back after their period and expired")
    if line.overage:
        money = f"{number(abs(line.overage))} overage, {usd(abs(line.usd_micros))}"
        parts.append(money)
    return "; ".join(parts)


def signed(tokens: int) -> str:
    """Tokens with their sign, a true minus where they went."""
    if tokens < 0:
        return f"\N{MINUS SIGN}{number(-tokens)}"
    return f"+{number(tokens)}" if tokens else "0"


def buckets(line: Line) -> str:
    """Where the tokens came from or went to; how many each, where there are several."""
    parts = line.buckets
    if len(parts) == 1:
        return parts[0][0]
    return ", ".join(f"{name} {number(abs(tokens))}" for name, tokens in parts)


def _told(line: Line, subject: Subject) -> str:
    prefix = line.place.cause.partition(":")[0]
    if line.kind in {"hold", "charge"}:
        if prefix in _HELD:
            return _HELD[prefix]
        about = f", {subject.what}" if subject.what else ""
        return f"{'held until it ends' if line.kind == 'hold' else 'charge'}{about}"
    if line.kind == "refund":
        return _BACK.get(prefix) or (f"refund, {subject.back}" if subject.back else "refund")
    if line.kind == "grant":
        return f"payment, {usd(line.usd_micros)}" if line.usd_micros else "added"
    if line.kind == "expiry":
        return "expired"
    return _TAKEN.get(prefix, "paid what was owed")
