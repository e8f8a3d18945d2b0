"""The page of billing: the balance, the cap, plans and packs, and the newest of the statement."""

from typing import NamedTuple

from flask import Response, request
from sqlalchemy.orm import Session

from app.domain import outlook, plans
from app.domain.billing import bought, cap, causes, statement, subscribed
from app.domain.billing.causes import Subject
from app.domain.billing.months import Month
from app.domain.billing.statement import Line
from app.domain.billing.subscribed import Subscribed
from app.domain.outlook import Outlook
from app.domain.rights import Right
from app.domain.wallets import Wallet
from app.kit import clock
from app.web import place, signed_in
from app.web.billing import blueprint, cards, desk, meaning, words
from app.web.billing.desk import Refusal
from app.web.services import services

_NEWEST = 10  # rows of the statement


class Stands(NamedTuple):
    """Everything the page tells, as it was at one moment."""

    ahead: Outlook
    frozen: int  # of the held tokens, by disputes
    account: Subscribed
    month: Month
    lines: list[Line]
    names: dict[str, Subject]


@blueprint.get(desk.PAGE)
@place.require(Right.BILLING)
def overview() -> Response:
    """How money stands."""
    return page()


def page(typed_cap: str | None = None, refused: Refusal | None = None) -> Response:
    """The page, with a cap somebody thinks of and with what was refused."""
    stands, now = _stands(), clock.now()
    ahead = stands.ahead
    typed = typed_cap if typed_cap is not None else plans.usd(ahead.standing.cap_micros)
    capped = cap.can_have(ahead.standing)
    told, problem = meaning.typed(ahead, typed) if capped else (None, "")
    status = refused.status if refused else 422 if problem else 200
    return place.page(
        "billing/overview.html",
        status,
        **stands._asdict(),
        capped=capped,
        typed=typed,
        told=told,
        problem=problem,
        now_means=meaning.of(ahead, ahead.standing.cap_micros) if capped else None,
        renewed=_renewed(stands),
        cards=cards.of(ahead.standing, stands.account, now),
        packs=list(plans.PACKS.values()),
        refused=refused,
        fresh=signed_in.is_fresh(),
        said=request.args.get("done", ""),
        words=words,
        mode=desk.mode(),
    )


def ahead() -> Outlook:
    """The outlook alone."""
    with services().database.reading() as session:
        return outlook.of(session, desk.wallet(), clock.now())


def _stands() -> Stands:
    its, now = desk.wallet(), clock.now()
    with services().database.snapshot() as session:
        account = subscribed.of(session, its.organization_id, its.mode)
        ahead = outlook.of(session, its, now)
        held = ahead.standing.held
        frozen = bought.frozen(session, its.mode, its.organization_id) if held else 0
        return Stands(ahead, frozen, account, *_newest(session, its))


def _renewed(stands: Stands) -> int:
    """Tokens the next period begins with."""
    following = stands.account.next_plan
    return plans.PLANS[following].included if following else stands.ahead.included


def _newest(session: Session, its: Wallet) -> tuple[Month, list[Line], dict[str, Subject]]:
    """This month's newest rows; older months have a page of their own."""
    month = Month(clock.month_start(clock.now()))
    lines = statement.page(session, its, month, limit=_NEWEST).lines
    return month, lines, causes.named(session, its, [line.place.cause for line in lines])
