"""A check walks the whole handshake, shows each step, and leaves nothing that could be used."""

import re
from dataclasses import replace
from datetime import timedelta

import time_machine
from sqlalchemy import func, select

from app.domain import checks
from app.kit import clock, ids
from app.models.accounts import User
from app.models.checks import ConnectorCheck
from app.models.clients import Client
from app.models.credentials import SignInSession
from app.models.grants import Grant
from app.models.work import Work
from app.worker.pulse import Pulse
from tests.tools.installation import running
from tests.web.account.counted import counting
from tests.web.member import said, signed_in

PATH = "/app/check"
SECRET = re.compile(r"polis_(?:ac|at|rt|crt|ss)_\w+")


def press(someone):
    someone.open(PATH)
    return someone.send(PATH)


def number(served, table, *where):
    with served.services.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where))


def done(someone):
    """The page of a check that has been made."""
    begun = press(someone)
    assert begun.status_code == 303
    someone.polis.work_off()
    return someone.open(begun.location)


def test_every_client_gets_through_and_each_step_is_shown(served, someone):
    page = done(someone)
    assert "All 3 get through." in page.text
    for each in ("Claude", "ChatGPT", "A program on this computer", "The client registers itself"):
        assert each in page.text
    assert page.text.count(">ok<") == 3 * 13
    assert f"POST {served.base}/api/oauth/register" in page.text
    assert "(masked)" in page.text
    assert SECRET.findall(page.text) == []


def test_nothing_is_left_that_could_be_used_and_nobody_was_signed_in(served, someone):
    before = number(served, SignInSession)
    letters = number(served, Work, Work.kind == "send_mail")
    done(someone)
    assert number(served, Client, Client.ended_at.is_(None)) == 0
    assert number(served, Grant, Grant.ended_at.is_(None)) == 0
    assert number(served, Grant, Grant.monthly_cap_tokens != 0) == 0
    assert number(served, SignInSession) == before
    assert number(served, Work, Work.kind == "send_mail") == letters
    assert served.services.settings.base_url in someone.open(PATH).text


def test_no_secret_of_a_check_stands_in_the_database(served, someone):
    done(someone)
    with served.services.database.reading() as session:
        for reports in session.scalars(select(ConnectorCheck.reports)):
            assert SECRET.findall(str(reports)) == []
        for payload in session.scalars(select(Work.payload).where(Work.kind == checks.KIND)):
            assert set(payload) == {"check_id"}


def test_it_tells_of_itself_until_it_is_over(served, someone):
    begun = press(someone).location
    waiting = someone.open(begun)
    assert 'hx-trigger="load delay:1.5s, every 8s"' in waiting.text
    assert f'href="{begun}">Reload</a>' in waiting.text
    served.work_off()
    part = someone.http.get(begun, base_url=someone.base, headers={"HX-Request": "true"}).text
    assert "<main" not in part
    assert "hx-trigger" not in part


def test_one_runs_at_a_time_for_the_whole_installation(served, someone, email):
    mine = press(someone).location
    assert press(someone).location == mine  # whoever asks again is led to the one that runs
    other = signed_in(served, f"other-{email}", served.base)
    busy = press(other)
    assert busy.status_code == 409
    assert "One is running." in busy.text
    served.work_off()
    assert press(other).status_code == 303
    served.work_off()


def test_a_check_nobody_finishes_lets_the_next_one_begin(served, someone, email):
    mine = press(someone).location
    other = signed_in(served, f"other-{email}", served.base)
    with time_machine.travel(clock.now() + checks.LEASE + timedelta(seconds=1)):
        assert "No worker finished it." in someone.open(mine).text
        assert press(other).status_code == 303
        assert "did not finish" in said(someone.open(mine))
        served.work_off()


def test_the_last_five_are_listed_and_all_go_after_a_day(served, someone):
    for _ in range(6):
        done(someone)
    mine = ConnectorCheck.organization_id == someone.organization_id
    page = someone.open(PATH)
    assert page.text.count("All get through") == 5
    kept = re.search(rf'href="({PATH}/chk_\w+)"', page.text)[1]
    with time_machine.travel(clock.now() + checks.KEPT + timedelta(seconds=1)):
        assert someone.open(kept).status_code == 404
        assert "Nothing was checked" in someone.open(PATH).text
        Pulse(served.services, "test")._tidy()
        assert number(served, ConnectorCheck, mine) == 0


def test_another_organizations_check_is_not_there(served, someone, email):
    theirs = press(signed_in(served, f"other-{email}", served.base)).location
    served.work_off()
    for wanted in (theirs, f"{PATH}/{ids.new('chk')}", f"{PATH}/nonsense"):
        assert someone.open(wanted).status_code == 404


def test_somebody_unproved_is_told_to_confirm_their_address(served, someone):
    with served.services.transaction() as session:
        session.get_one(User, someone.who.user_id).email_verified_at = None
    page = someone.open(PATH)
    assert "Confirm your address first." in page.text
    assert "Run the check" not in page.text
    assert someone.send(PATH).status_code == 403


def test_a_fault_is_shown_with_what_a_client_does_then(served, someone):
    begun = press(someone).location
    settings = served.services.settings.model_copy(update={"base_url": "http://127.0.0.1:9"})
    with running(replace(served.services, settings=settings)) as astray:
        astray.work_off()
    page = someone.open(begun)
    assert "Not all of them get through." in page.text
    assert "Nothing answers at http://127.0.0.1:9" in page.text
    assert "Not tried: it ended at challenge." in page.text


def test_a_page_asks_the_database_little_however_much_was_checked(served, someone):
    begun = done(someone).request.path
    asked = []
    for path in (PATH, begun):
        with counting(served.services.database) as work:
            someone.open(path)
        asked.append(len(work.statements))
    assert max(asked) <= 12


def test_they_are_counted_for_the_whole_installation(served, someone, email):
    settings = served.services.settings.model_copy(update={"rate_limits": True})
    with running(replace(served.services, settings=settings)) as limited:
        for round_ in range(6):
            one = signed_in(limited, f"{round_}-{email}", served.base)
            assert press(one).status_code == 303
            with limited.services.transaction() as session:  # over, without having been made
                session.query(ConnectorCheck).filter_by(slot=1).update({"slot": None})
        refused = press(signed_in(limited, f"late-{email}", served.base))
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
