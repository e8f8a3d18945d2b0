"""The cap: what an amount means, with script and without, and who may raise it."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from app.domain import wallets
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.audit import AuditEvent
from tests.web.billing.conftest import PAGE
from tests.web.member import said

CAP = f"{PAGE}/cap"


def cap_of(payer) -> int:
    wallet = Wallet(payer.organization_id, "live", payer.polis.services.settings.payment_mode)
    with payer.polis.services.database.reading() as session:
        return wallets.standing(session, wallet, clock.now()).cap_micros


def meaning(payer, typed: str) -> str:
    answer = payer.http.get(
        CAP, base_url=payer.base, query_string={"cap": typed}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    return said(answer).strip()


def test_what_is_typed_is_told_at_once(payer):
    payer.bought("plan:starter")
    assert meaning(payer, "$35.50").startswith(
        "At $35.50, tests stop after 7,100 tokens of overage a period."
    )
    assert meaning(payer, "0").startswith("$0 turns overage off")
    assert meaning(payer, "1.005") == "Write dollars and cents as 1250.50."
    assert meaning(payer, "100,000.01") == "The cap is at most $100,000 a period."


def test_without_a_plan_nothing_is_told(payer):
    assert meaning(payer, "35") == ""


def test_without_script_a_button_tells_it(payer):
    payer.bought("plan:starter")
    assert "unscripted" in payer.shown()
    answer = payer.send(CAP, cap="35", do="look")
    assert answer.status_code == 200
    assert "At $35.00, tests stop after 7,000 tokens" in said(answer)
    assert cap_of(payer) == 20_000_000


def test_it_is_set_and_written_down(payer):
    payer.bought("plan:starter")
    payer.shown()
    answer = payer.send(CAP, cap="35.5", do="set")
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?done=cap")
    assert "The cap is set." in payer.shown(answer.location)
    assert cap_of(payer) == 35_500_000
    mine = AuditEvent.chain == payer.organization_id, AuditEvent.action == "billing.cap_changed"
    with payer.polis.services.database.reading() as session:
        act = session.scalars(select(AuditEvent).where(*mine)).one()
    assert (act.actor, act.details["to"]) == (payer.who.user_id, "$35.50")
    assert "Changed the spending cap" in payer.open("/app/audit").text


def test_raising_it_takes_a_fresh_sign_in_and_keeps_what_was_typed(payer):
    payer.bought("plan:starter")
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert "To raise the cap you sign in once more" in payer.shown()
        answer = payer.send(CAP, cap="35", do="set")
        assert answer.status_code == 303
        assert answer.location.startswith("/login?next=%2Fapp%2Fbilling%2Fcap%3Fcap%3D35")
        assert cap_of(payer) == 20_000_000
        payer.shows_again()
        assert 'value="35"' in payer.shown(f"{CAP}?cap=35")
        payer.send(CAP, cap="35", do="set")
    assert cap_of(payer) == 35_000_000


def test_lowering_it_does_not(payer):
    payer.bought("plan:starter")
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        payer.shown()
        assert payer.send(CAP, cap="5", do="set").location == f"{PAGE}?done=cap"
    assert cap_of(payer) == 5_000_000


def test_below_what_is_used_it_says_that_it_stops_at_once(payer):
    payer.bought("plan:starter")
    for _ in range(6):
        payer.run(1_000)  # 5,300 are prepaid: 700 are overage
    assert meaning(payer, "3").startswith("At $3.00, overage stops at once, until ")
    assert "$3.50 is used already." in meaning(payer, "3")
    assert "$3.50 is used and stays on the bill." in meaning(payer, "0")
    words = said(payer.open(PAGE))
    assert "$3.50 used this period" in words
    assert "mails at $10, $16, $20" in words


def test_what_nobody_can_mean_is_said_beside_the_field(payer):
    payer.bought("plan:starter")
    payer.shown()
    answer = payer.send(CAP, cap="plenty", do="set")
    assert answer.status_code == 422
    assert "Write dollars and cents as 1250.50." in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="plenty"' in answer.text


def test_without_a_plan_it_is_refused(payer):
    payer.shown()
    answer = payer.send(CAP, cap="5", do="set")
    assert answer.status_code == 409
    assert "Only an organization with a paid plan has overage." in answer.text
