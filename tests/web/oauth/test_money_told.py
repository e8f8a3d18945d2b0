"""What an organization could spend is said as it is now: what is left, until when, and what is owed."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from app.domain import wallets
from app.domain.wallets import Wallet
from app.models.billing import Balance
from tests import oauth
from tests.web.oauth.gadget import gadget, typed
from tests.web.oauth.visitor import visitor

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
ENDS = datetime(2026, 10, 31, 12, tzinfo=UTC)
PRO = {
    "plan": "pro", "status": "active", "included": 1200, "trial": 0, "packs": 0,
    "cap_micros": 50_000_000, "overage_micros": 38_000_000,
    "period_start": NOW - timedelta(days=20), "period_end": ENDS,
    "usable_until": ENDS + timedelta(days=3), "overage_until": ENDS,
}  # fmt: skip
FAILED = {"status": "past_due", "usable_until": NOW + timedelta(days=4), "overage_until": None}

SAID = {
    "a partly used cap": (
        {},
        "Pro. 1,200 tokens left until 31 Oct; once they are spent, up to $12.00 more overage until then.",
    ),
    "packs have no end": (
        {"packs": 500},
        "Pro. 1,700 tokens left, 1,200 of them until 31 Oct; once they are spent, up to $12.00 more overage until then.",
    ),
    "packs alone": (
        {"included": 0, "packs": 500},
        "Pro. 500 tokens left; once they are spent, up to $12.00 more overage until 31 Oct.",
    ),
    "overage alone": (
        {"included": 0},
        "Pro. No tokens left; up to $12.00 more overage until 31 Oct.",
    ),
    "overage that ends sooner": (
        {"overage_until": NOW + timedelta(days=9)},
        "Pro. 1,200 tokens left until 31 Oct; once they are spent, up to $12.00 more overage until 29 Oct.",
    ),
    "a used up cap": ({"overage_micros": 50_000_000}, "Pro. 1,200 tokens left until 31 Oct."),
    "overage that is over": (
        {"overage_until": NOW - timedelta(hours=1)},
        "Pro. 1,200 tokens left until 31 Oct.",
    ),
    "a renewal that is being paid": (
        {"period_end": NOW - timedelta(hours=1), "overage_until": NOW - timedelta(hours=1)},
        "Pro. 1,200 tokens left until 3 Nov.",
    ),
    "a failed payment": (FAILED, "Pro. 1,200 tokens left until 24 Oct."),
    "a period that is over": (
        {"period_end": NOW, "usable_until": NOW, "packs": 1},
        "Pro is over. 1 token left.",
    ),
    "debt": (
        {"debt": 300},
        "Pro. 300 tokens are owed: nothing can be spent until a pack or a plan brings that many.",
    ),
    "a plan that ended unpaid": (
        {"status": "inactive", "included": 0},
        "Pro is over. No tokens left.",
    ),
    "debt of one": (
        {"debt": 1},
        "Pro. 1 token is owed: nothing can be spent until a pack or a plan brings that many.",
    ),
}


@pytest.mark.parametrize(("changed", "sentence"), SAID.values(), ids=SAID)
def test_what_can_be_spent_is_told_as_it_is_now_on_either_page(polis, changed, sentence):
    with time_machine.travel(NOW, tick=False):
        kim = visitor(polis, tokens=1)
        client, device = oauth.client(polis.services), gadget(polis)
        device.ask()
        with _standing(polis, kim.who.organization_id, PRO | changed):
            asked, typed_in = kim.ask(client), typed(kim, device.codes["user_code"])
    assert [_said(asked), _said(typed_in)] == [sentence, sentence]


@contextmanager
def _standing(polis, organization_id, facts):
    """Have a balance read so, without the entries that would lead there."""
    wallet = Wallet(organization_id, "live", polis.services.settings.payment_mode)
    its = update(Balance).where(*wallets.of(wallet))
    with polis.services.transaction() as session:
        before = wallets.kept(wallets.locked(session, wallet))._asdict()
        session.execute(its.values(**facts))
    yield
    with polis.services.transaction() as session:
        session.execute(its.values(**{name: before[name] for name in facts}))


def _said(page) -> str:
    """The line below the organization that is chosen, as it is read."""
    return re.sub("<[^>]+>", "", re.search(r'<span class="hint">(Pro\b.*?)</span>', page.text)[1])
