"""polis_topup for a client that can send its person to a page of ours: they are asked there."""

from dataclasses import replace
from datetime import timedelta

from app.domain.billing import consent, purchases
from app.tools import topup
from app.tools.base import Call, Tool, Waiting
from app.tools.topup import Topup, TopupInput

PAGE = "/app/pay"
LONGEST_WAIT_S = 5.0
GOES_ON_FOR = timedelta(hours=1)  # a call that was answered by asking
DECLINED = (
    "The person did not agree, and nothing was bought. Go on without, or show them pay_url if they "
    "change their mind."
)


def path_of(answer: Topup) -> str:
    """The page where the person behind the credential is asked; it holds nothing personal."""
    return f"{PAGE}/{answer.behind.purchase_id}"


def message_of(answer: Topup) -> str:
    """What the person is asked, as their client shows it beside the address."""
    return f"Approve ${answer.usd:.2f} for {answer.tokens:,} Polis tokens"


def _ask_once(call: Call, given: TopupInput) -> Topup:
    """2025-11-25: only the call that makes a purchase asks; each repeat tells how it stands."""
    keyless = given.idempotency_key is None
    if keyless:
        known = consent.again(call.session, call.caller, f"pack:{given.pack}", call.now)
        if known is not None:
            known.untold = known.paid_at is None
            return topup.described(call, known.id)
    purchase_id, new = topup.offered(call, given)
    elicits = new and consent.ask(call.session, purchase_id, call.caller, untold=keyless)
    return topup.described(call, purchase_id, elicits=elicits)


def _ask(call: Call, given: TopupInput) -> Topup:
    """2026-07-28: asked until it is paid, or over; the state of the answer tells it from others."""
    purchase_id, _ = topup.offered(call, given)
    elicits = _is_open(call, purchase_id) and consent.ask(call.session, purchase_id, call.caller)
    return topup.described(call, purchase_id, elicits=elicits)


def following(purchase_id: str, *, asks: bool, declined: bool) -> Tool[TopupInput, Topup]:
    """The tool for a call that goes on with a purchase; it `asks` again while that is open."""

    def follow(call: Call, _given: TopupInput) -> Topup:
        elicits = asks and not declined and _is_open(call, purchase_id)
        answer = topup.described(call, purchase_id, elicits=elicits)
        hint = DECLINED if declined and answer.status == "open" else None
        return answer.model_copy(update={"hint": hint})

    return replace(
        topup.TOOL,
        run=follow,
        waiting=Waiting(
            seconds=lambda _given, answer: LONGEST_WAIT_S if answer.behind.elicits else 0,
            again=lambda call, given, _first: follow(call, given),
            settled=lambda _first, latest: not latest.behind.elicits,
            progress=_progress,
        ),
    )


def _is_open(call: Call, purchase_id: str) -> bool:
    purchase = purchases.of(call.session, purchase_id)
    return purchase.paid_at is None and purchase.expires_at > call.now


def _progress(answer: Topup) -> tuple[int, int, str]:
    return int(answer.status == "paid"), 1, answer.status


ASK_ONCE = replace(topup.TOOL, run=_ask_once)
ASK = replace(topup.TOOL, run=_ask)
