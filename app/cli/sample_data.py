"""Something to look at: three finished runs, a thread, a comparison, and tokens to go on with.

All of it is made by the same steps an agent's calls take, and stands in the ledger like theirs.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from threading import Event

from sqlalchemy.orm import Session

from app.bootstrap import Services
from app.domain import accounts, keys, ledger, plans, wallets
from app.domain.callers import Caller
from app.domain.runs import ask, find, read, start
from app.domain.runs.ask import Question
from app.domain.runs.order import Order
from app.domain.wallets import Wallet
from app.kit import clock, ids
from app.outbox import Parcel
from app.worker.delivery import Delivery

TOKENS = 300  # left when all is made

_PATIENCE_S = 120.0  # where a worker of this installation is quicker to take a piece
_POST = (
    "We are moving our newsletter from every day to once a week, starting Monday. You told us that "
    "five mails a week were too many, and that the long reads got lost between the notices. The "
    "weekly one has three stories and no notices. If you liked the daily rhythm, tell us why: we "
    "will read every answer before we decide for good."
)
_TWEET = "Our app now works without a connection. Open it on the train, fix what you see, done."
_ARTICLE = (
    "# Why we publish our salaries\n\n"
    "Since January everybody here can see what everybody earns. Two people left, eleven applied "
    "because of it, and the first quarter was uncomfortable. We would do it again.\n\n"
    "## What went wrong\n\n"
    "We showed numbers before we had written down how they come about. People compared, and "
    "guessed. The rules came a month too late.\n"
)
_RUNS = (
    Order("linkedin", _POST, 60, "standard", label="Weekly instead of daily", seed=11),
    Order("tweet", _TWEET, 50, "snapshot", label="Works offline", seed=12),
    Order("markdown", _ARTICLE, 30, "deep", audience="engineers who might apply",
          label="Open salaries", seed=13),
)  # fmt: skip
_VARIANTS = (
    Order("tweet", _TWEET, 40, "snapshot", label="Offline, two ways", seed=14),
    Order("tweet", "No signal? No problem. Our app now works offline.", 40, "snapshot",
          label="Offline, two ways", seed=14),
)  # fmt: skip
_QUESTION = "What would have to change before you tell a colleague about this?"


def fill(its: Services, person: accounts.Person) -> None:
    """Make it for a person's organization; the key it is made with is revoked afterwards."""
    sent = _Sent()
    its = replace(its, send=sent)
    wallet = Wallet(person.organization_id, "live", its.settings.payment_mode)
    with its.transaction() as session:
        _add(session, wallet, _price(), clock.now())
        key = keys.create(
            session,
            person.organization_id,
            user_id=person.user_id,
            name="Sample data",
            now=clock.now(),
        )
    caller = its.credentials.authenticate(key.secret, clock.now())
    _make(its, caller, sent)
    with its.transaction() as session:
        now, organization_id = clock.now(), person.organization_id
        keys.revoke(session, organization_id, key.id, actor=person.user_id, now=now)
        left = wallets.standing(session, wallet, now).prepaid
        _add(session, wallet, TOKENS - left, now)


def _make(its: Services, caller: Caller, sent: "_Sent") -> None:
    facts = {"request_id": "sample-data"}
    with its.transaction() as session:
        made = [
            start.start(session, caller, order, its.panelist, now=clock.now(), **facts)
            for order in _RUNS
        ]
        start.start_comparison(session, caller, _VARIANTS, its.panelist, now=clock.now(), **facts)
    sent.work_off(its)
    first = made[0].run_ids[0]
    _wait_for(its, caller, first)
    with its.transaction() as session:
        question = Question(first, "panel", None, _QUESTION)
        ask.ask(session, caller, question, panelist=its.panelist, now=clock.now(), **facts)
    sent.work_off(its)


def _wait_for(its: Services, caller: Caller, run_id: str) -> None:
    """A worker that runs beside may have taken a part: it is a moment behind."""
    pause = Event()
    for _ in range(int(_PATIENCE_S * 10)):
        with its.database.reading() as session:
            if read.is_ready(session, find.run(session, caller, run_id)):
                return
        pause.wait(0.1)


def _price() -> int:
    orders = (*_RUNS, *_VARIANTS)
    return sum(order.tokens for order in orders) + plans.ASK_TOKENS * _RUNS[0].persona_count


def _add(session: Session, wallet: Wallet, tokens: int, now: datetime) -> None:
    if tokens > 0:
        ledger.grant(session, wallet, "packs", tokens, cause=f"sample:{ids.new('grt')}", now=now)


class _Sent:
    """Keeps what would be sent to workers, and does it here."""

    def __init__(self) -> None:
        self._ids: list[str] = []

    def __call__(self, parcels: Sequence[Parcel]) -> None:
        self._ids.extend(parcel.work_id for parcel in parcels)

    def work_off(self, its: Services) -> None:
        """Do all that was sent, and what comes of it."""
        deliver = Delivery(its, ids.new("sample"))
        while self._ids:
            deliver(self._ids.pop(0))
