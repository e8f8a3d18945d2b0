"""Claiming: the address is proved, each earlier key is answered for, and the trial is completed."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote_plus

import pytest
import time_machine
from sqlalchemy import select, update

from app.domain import provisioning
from app.kit import clock
from app.models.accounts import Membership, Organization, User
from app.models.credentials import ApiKey
from app.models.sign_in import MailedLink
from app.models.work import Work
from tests.rounds import rounds
from tests.together import together
from tests.tools.installation import HELLO, running
from tests.web.account.browser import BASE, Visitor
from tests.web.account.second_factors import anywhere, code_of, with_app
from tests.web.account.somebody import somebody
from tests.web.provision.conftest import Asking, trial_of


@pytest.fixture
def given(asking, email):
    return asking.key(email)


def key_of(polis, given):
    with polis.services.database.reading() as session:
        return session.scalar(
            select(ApiKey.id).where(ApiKey.organization_id == given["organization_id"])
        )


def is_alive(asking, given):
    return asking.agent(given).ask("tools/list").status_code == 200


def claimed(polis, given):
    with polis.services.database.reading() as session:
        return session.get_one(Organization, given["organization_id"]).claimed_at is not None


def test_whoever_has_the_address_claims_it_and_keeps_the_key(polis, asking, person, given, email):
    agent = asking.agent(given)
    spent = agent.call("polis_test", **HELLO)["tokens_charged"]
    polis.work_off()
    done = person.press(person.link(email), **{key_of(polis, given): "keep"})
    assert (done.status_code, done.location) == (303, "/app/")
    assert person.is_signed_in()
    account = agent.call("polis_account")
    assert account["email"] == email
    assert account["trial_tokens_remaining"] == 300 - spent
    assert "checkout_urls" in account
    with polis.services.database.reading() as session:
        user = session.scalar(select(User).where(User.email == email))
        assert user.email_verified_at is not None
        assert user.password_digest is None
        role = session.scalar(
            select(Membership.role).where(
                Membership.organization_id == given["organization_id"],
                Membership.user_id == user.id,
            )
        )
    assert role == "owner"


def test_the_page_shows_each_key_and_what_it_spent_with_neither_answer_chosen(
    polis, asking, person, given, email
):
    agent = asking.agent(given)
    spent = agent.call("polis_test", **HELLO)["tokens_charged"]
    polis.work_off()
    page = person.open(person.link(email)).text
    assert f"Key {given['key_prefix']}…" in page
    assert f"It spent {spent} tokens" in page
    made = re.search(r'Made <time[^>]*datetime="([^"]+)"[^>]*>[^<]+</time> from 192\.0\.2\.1', page)
    assert clock.now() - datetime.fromisoformat(made[1]) < timedelta(minutes=5)
    assert "checked" not in page
    assert given["api_key"] not in page
    assert not claimed(polis, given)  # opening it changes nothing


def test_what_a_key_spent_counts_questions_and_what_is_held_for_it(
    polis, asking, person, given, email
):
    agent = asking.agent(given)
    tested = agent.call("polis_test", **HELLO)
    polis.work_off()
    asked = agent.call(
        "polis_ask", run_id=tested["run_id"], target="panel", question="What would you change?"
    )
    spent = tested["tokens_charged"] + asked["tokens_charged"]
    link = person.link(email)  # works the question off
    assert asked["tokens_charged"] > 0
    assert f"It spent {spent} tokens" in person.open(link).text
    more = agent.call("polis_test", **HELLO)["tokens_charged"]
    assert f"It spent {spent + more} tokens" in person.open(link).text
    agent.call("polis_cancel", run_id=agent.call("polis_runs")["runs"][0]["run_id"])
    assert f"It spent {spent} tokens" in person.open(link).text


@pytest.mark.parametrize("answers", [{}, {"{key}": ""}, {"{key}": "perhaps"}, {"other": "keep"}])
def test_a_key_without_an_answer_is_asked_for_again(polis, asking, person, given, email, answers):
    key = key_of(polis, given)
    sent = {name.format(key=key): value for name, value in answers.items()}
    answer = person.press(person.link(email), **sent)
    assert answer.status_code == 422
    sentence = f"Key {given['key_prefix']}… needs an answer: keep it or revoke it."
    assert f'<a href="#{key}">{sentence}</a>' in answer.text
    assert f'id="{key}" aria-describedby="{key}-e"' in answer.text
    assert re.search(rf'id="{key}-e">.*{re.escape(sentence)}</p></fieldset>', answer.text)
    assert not claimed(polis, given)
    assert is_alive(asking, given)


def test_a_key_that_is_not_kept_dies_at_once(polis, asking, person, given, email):
    person.press(person.link(email), **{key_of(polis, given): "revoke"})
    assert claimed(polis, given)
    assert not is_alive(asking, given)


def test_the_link_works_once_and_for_seven_days(polis, person, given, email):
    link, key = person.link(email), key_of(polis, given)
    with time_machine.travel(clock.now().replace(microsecond=0)) as traveller:
        traveller.shift(6.9 * 86_400)
        assert person.open(link).status_code == 200
        traveller.shift(0.2 * 86_400)
        assert person.open(link).status_code == 404
    person.press(link, **{key: "keep"})
    again = person.open(link)
    assert again.status_code == 404
    assert "spent" in again.text


def test_an_account_made_meanwhile_signs_in_first_and_gets_the_organization(
    polis, asking, person, given, email
):
    link, key = person.link(email), key_of(polis, given)
    somebody(polis, email)
    own = f"/claim/{given['organization_id']}"
    assert "Sign in to it" in person.open(link).text
    assert person.send(link).location == own
    asked = person.open(own)
    assert asked.location == f"/login?next={quote_plus(own)}"  # and no secret in it
    assert not claimed(polis, given)
    person.sign_in(email, onward=own)
    assert person.press(own, **{key: "keep"}).location == "/app/"
    assert claimed(polis, given)
    assert asking.agent(given).call("polis_account")["email"] == email


def test_an_account_with_a_second_factor_shows_it_before_it_claims(polis, asking, given, email):
    person, key = Visitor(polis, peer=anywhere()), key_of(polis, given)
    somebody(polis, email)
    with polis.services.database.reading() as session:
        seed = with_app(polis, session.scalar(select(User.id).where(User.email == email)))
    own = f"/claim/{given['organization_id']}"
    assert person.sign_in(email, onward=own).location == "/login/second"  # by password alone
    assert person.open(own).location == f"/login?next={quote_plus(own)}"
    person.open("/login/second")
    assert person.send(own, **{key: "keep"}).location.startswith("/login")
    assert not claimed(polis, given)
    person.open("/login/second")
    assert person.send("/login/second", how="code", code=code_of(seed)).location == own
    assert person.press(own, **{key: "keep"}).location == "/app/"
    assert claimed(polis, given)


def test_somebody_elses_session_does_not_claim(polis, person, given, email):
    link, key = person.link(email), key_of(polis, given)
    somebody(polis, email)
    other = somebody(polis, f"other.{email}")
    person.sign_in(other)
    own = f"/claim/{given['organization_id']}"
    assert person.press(link, **{key: "keep"}).location == own
    assert person.open(own).status_code == 404
    person.open("/app/")
    assert person.send(own, **{key: "keep"}).status_code == 404
    assert not claimed(polis, given)


def test_an_account_prepared_for_the_address_loses_its_password_at_the_claim(
    polis, asking, person, given, email
):
    link, key = person.link(email), key_of(polis, given)
    stranger = Visitor(polis)
    stranger.sign_up(email)
    stranger.sign_in(email)
    own = f"/claim/{given['organization_id']}"
    assert stranger.open(own).status_code == 404  # signed in, and nothing proved
    person.press(link)  # whoever has the mailbox is led to sign in, which only the mailbox can do
    person.ask_link(email, onward=own)
    person.press(person.link(email))
    person.press(own, **{key: "keep"})
    assert claimed(polis, given)
    assert is_alive(asking, given)
    with polis.services.database.reading() as session:
        user = session.scalar(select(User).where(User.email == email))
    assert (user.password_digest, user.email_verified_at is None) == (None, False)
    assert Visitor(polis).sign_in(email).status_code == 422


def test_sign_up_and_claim_together_bring_one_trial(polis, asking, person, given, email):
    link, key = person.link(email), key_of(polis, given)
    person.sign_up(email)
    person.press(person.link(email))  # proves it in the browser that signed up: 150, not 300
    own = f"/claim/{given['organization_id']}"
    assert person.press(link).location == own
    person.press(own, **{key: "keep"})
    with polis.services.database.reading() as session:
        owned = session.scalars(
            select(Membership.organization_id)
            .join(User, User.id == Membership.user_id)
            .where(User.email == email)
        ).all()
    assert len(owned) == 2
    polis.organizations += owned
    assert trial_of(polis, owned) == 300


def test_whatever_runs_meanwhile_a_claim_and_a_purchase_take_their_turn(polis, asking, email):
    """Rows that name the organization are written at the same time: nobody waits for ever."""
    given = asking.key(email)
    agent = asking.agent(given)
    pack = polis.services.links.pay(given["organization_id"], "pack:small", clock.now())

    def act(number):
        if number % 3 == 0:
            result = agent.outcome(
                "polis_topup", {"pack": "small", "idempotency_key": f"k{number}"}
            )
            return 200 if not result["isError"] else result["structuredContent"]["error"]["code"]
        if number % 3 == 1:
            http = polis.app.test_client()
            return http.post(pack.removeprefix(BASE), base_url=BASE).status_code
        return agent.ask("tools/call", {"name": "polis_test", "arguments": HELLO}).status_code

    said = together(rounds(240), act)
    assert set(said) <= {200, 303, 409, "conflict"}


def test_of_two_links_pressed_at_once_one_claims(polis, asking, email):
    given = asking.key(email)
    person = Visitor(polis)
    first = person.link(email)
    with polis.services.transaction() as session:
        provisioning.mail(session, email, clock.now())
    second, key = person.link(email), key_of(polis, given)
    assert first != second
    people = [Visitor(polis), Visitor(polis)]
    for each, link in zip(people, (first, second), strict=True):
        assert each.open(link).status_code == 200
    said = together(2, lambda n: people[n].send((first, second)[n], **{key: "keep"}).status_code)
    assert sorted(said) == [303, 404]


def test_on_a_day_without_trial_tokens_one_claims_and_revokes_all_the_same(polis, email):
    asking = Asking(polis)
    given = asking.key(email)
    settings = polis.services.settings.model_copy(update={"trial_tokens_per_day": 0})
    with running(replace(polis.services, settings=settings)) as dry:
        person = Visitor(dry)
        done = person.press(person.link(email), **{key_of(polis, given): "revoke"})
        assert done.location == "/app/"
    assert claimed(polis, given)
    assert not is_alive(asking, given)


def test_the_secret_of_a_link_stands_nowhere(polis, person, given, email):
    link = person.link(email)
    somebody(polis, email)
    person.press(link)
    person.ask_link(email, onward=f"/claim/{given['organization_id']}")
    polis.work_off()
    secret = link.rpartition("/")[2]
    with polis.services.database.reading() as session:
        links = session.scalars(select(MailedLink.onward)).all()
        work = [str(each) for each in session.scalars(select(Work.payload)).all()]
    assert not [each for each in (*links, *work) if secret in each]


def test_what_ended_cannot_be_claimed(polis, person, given, email):
    link = person.link(email)
    with polis.services.transaction() as session:
        session.execute(
            update(Organization)
            .where(Organization.id == given["organization_id"])
            .values(deleted_at=clock.now())
        )
    answer = person.open(link)
    assert answer.status_code == 404
    assert "spent" in answer.text
    page = given["checkout_urls"]["small"].removeprefix(BASE)
    assert polis.app.test_client().get(page, base_url=BASE).status_code == 404
    assert polis.app.test_client().post(page, base_url=BASE).status_code == 404
