"""A key for an agent whose person has no account yet: never two, and never more than a trial."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.domain import accounts, provisioning
from app.kit import clock, ids
from app.models.accounts import Membership, Organization, User
from app.models.credentials import ApiKey
from tests.factories import member
from tests.rounds import rounds
from tests.together import together
from tests.tools.installation import HELLO, running
from tests.web.account.somebody import somebody
from tests.web.paying import pay_at
from tests.web.provision.conftest import Asking, trial_of

TOLD = {
    "organization_id", "api_key", "key_prefix", "trial_tokens", "mcp_url", "checkout_urls",
    "expires_at", "next",
}  # fmt: skip


def rows(polis, table, *where):
    with polis.services.database.reading() as session:
        return list(session.scalars(select(table).where(*where)))


def test_an_agent_gets_a_key_and_runs_a_test_with_it(polis, asking, email):
    given = asking.key(email)
    assert set(given) == TOLD
    assert given["trial_tokens"] == 150
    assert given["api_key"].startswith(given["key_prefix"])
    agent = asking.agent(given)
    begun = agent.call("polis_test", **HELLO)
    polis.work_off()
    assert agent.call("polis_report", run_id=begun["run_id"])["ready"]
    account = agent.call("polis_account")
    assert account["trial_tokens_remaining"] == 150 - begun["tokens_charged"]
    assert account["email"] == email
    assert "checkout_urls" not in account  # no plan without an owner
    assert {each["pack"] for each in account["topup_packs"]} == set(given["checkout_urls"])


def test_it_makes_an_organization_that_nobody_has_claimed_and_no_person(polis, asking, email):
    given = asking.key(email)
    (organization,) = rows(polis, Organization, Organization.id == given["organization_id"])
    assert (organization.claimed_at, organization.claim_email) == (None, email)
    assert rows(polis, User, User.email == email) == []
    assert rows(polis, Membership, Membership.organization_id == organization.id) == []


def test_the_answer_is_kept_nowhere_and_no_page_may_read_it(asking, email):
    answer = asking.send({"email": email}, Origin="http://127.0.0.1:8000")
    asking.polis.organizations.append(answer.json["organization_id"])
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Set-Cookie" not in answer.headers


def test_an_address_is_never_given_a_second_key(polis, asking, email):
    asking.key(email)
    again = asking.send({"email": email.upper()})
    assert (again.status_code, again.json["error"]["code"]) == (409, "pending_claim")
    assert again.json["error"]["message"].startswith("This address was given a key before")
    assert "api_key" not in again.text
    assert len(rows(polis, Organization, Organization.claim_email == email)) == 1


def test_an_address_with_an_account_gets_a_mail_and_no_key(polis, asking, person, email):
    somebody(polis, email)
    answer = asking.send({"email": email})
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "account_exists")
    assert answer.headers["Cache-Control"] == "no-store"
    assert rows(polis, Organization, Organization.claim_email == email) == []
    person.press(person.link(email))
    assert person.is_signed_in()


def test_an_address_somebody_signed_up_with_unproved_waits_for_its_proof(asking, person, email):
    person.sign_up(email)
    answer = asking.send({"email": email})
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "pending_claim")
    assert answer.json["error"]["message"].startswith("Somebody signed up with this address")


def test_asked_at_once_from_everywhere_one_gets_the_key(polis, email):
    answers = together(
        rounds(160), lambda n: Asking(polis, f"198.51.100.{n % 200}").send({"email": email})
    )
    statuses = sorted(each.status_code for each in answers)
    assert statuses == [201] + [409] * (len(answers) - 1)
    (made,) = [each.json for each in answers if each.status_code == 201]
    polis.organizations.append(made["organization_id"])
    assert len(rows(polis, ApiKey, ApiKey.organization_id == made["organization_id"])) == 1


@pytest.mark.parametrize("tagged", ["{}+a@example.com", "{}+b@example.com"])
def test_a_tag_behind_the_name_brings_no_second_trial(asking, email, tagged):
    name = email.partition("@")[0]
    assert asking.key(email)["trial_tokens"] == 150
    assert asking.key(tagged.format(name))["trial_tokens"] == 0


def test_an_address_made_to_be_thrown_away_brings_no_trial(asking, email):
    name = email.partition("@")[0]
    assert asking.key(f"{name}@mailinator.com")["trial_tokens"] == 0
    assert asking.key(f"{name}@sub.mailinator.com")["trial_tokens"] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"a@b.example"', b"\xff", b"[" * 200 + b"]" * 200,
        {}, {"email": ""}, {"email": " "}, {"email": 7}, {"email": None}, {"email": ["a@b.example"]},
        {"email": "no address"}, {"email": "a@b.example\r\nBcc: c@d.example"},
        {"email": "a\0@b.example"}, {"email": "\ud800@b.example"},
        {"email": "a" * 300 + "@b.example"}, {"email": "a@b.example", "name": "x"},
        {"email": "x1<me@gmail.example>"}, {"email": "(x)me@gmail.example"},
        {"email": "me(x)@gmail.example"}, {"email": '"me"@gmail.example'},
        {"email": "a@b.example,me@gmail.example"}, {"email": "g:a@b.example,c@d.example;"},
        {"email": "me@[192.0.2.1]"}, {"email": "me@b..example"}, {"email": "me@b.example."},
        {"email": ".me@b.example"}, {"email": "me@-b.example"}, {"email": "m\u00e9@b.example"},
    ],
)  # fmt: skip
def test_anything_but_one_address_is_refused_in_words(polis, asking, body):
    with polis.unchanged():
        answer = asking.send(body)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "invalid_input")
    assert answer.json["error"]["message"]
    assert set(answer.json["error"]) == {"code", "message", "hint", "details", "request_id"}


def test_a_refusal_names_the_bad_field_as_a_tool_does(asking):
    error = asking.send({"email": "no address"}).json["error"]
    assert error["details"] == {"fields": [{"field": "email", "problem": error["message"]}]}


def test_a_form_is_not_json(asking):
    answer = asking.send(b"email=a@b.example", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "application/json" in answer.json["error"]["message"]


def test_a_network_gets_five_an_hour_and_is_told_when_to_come_back(limited):
    with time_machine.travel(clock.now(), tick=False):
        asking = Asking(limited, "203.0.113.77")
        answers = [asking.send({"email": f"a{n}@throw-{n}.example"}) for n in range(6)]
        assert [each.status_code for each in answers] == [201] * 5 + [429]
        left = [each.headers["RateLimit-Remaining"] for each in answers]
        assert left == ["4", "3", "2", "1", "0", "0"]
        refused = asking.send({"email": "b@throw.example"})
        assert refused.headers["Retry-After"] == "3600"
        assert refused.headers["RateLimit-Remaining"] == "0"
        said = refused.json["error"]
        assert "at most 5 an hour and 20 a day" in said["message"]
        assert said["hint"] == "Try again in 60 minutes."
        assert Asking(limited, "203.0.113.78").send({"email": "c@throw.example"}).status_code == 201


def test_a_body_that_will_not_do_takes_no_place_and_is_told_what_is_left(limited):
    asking = Asking(limited, "203.0.113.76")
    answers = [asking.send(b"{") for _ in range(6)]
    assert [each.status_code for each in answers] == [422] * 6
    assert {each.headers["RateLimit-Remaining"] for each in answers} == {"5"}
    assert asking.send({"email": "d@throw.example"}).headers["RateLimit-Remaining"] == "4"
    assert asking.send(b"{").headers["RateLimit-Remaining"] == "4"


def test_no_hour_holds_a_sixth_key_and_no_day_a_twenty_first(limited):
    asking = Asking(limited, "203.0.113.79")

    def given():
        """How many of ten requests a minute apart are let through."""
        answers = []
        for _ in range(10):
            answers.append(asking.send({"email": f"{ids.new('p')}@example.com"}))
            traveller.shift(60)
        return [each.status_code for each in answers].count(201)

    with time_machine.travel(clock.now().replace(microsecond=0), tick=False) as traveller:
        hours = []
        for _ in range(24):
            hours.append(given())
            traveller.shift(50 * 60)
        assert hours == [5, 5, 5, 5] + [0] * 20
        assert given() == 5
    with time_machine.travel(clock.now() + timedelta(days=9), tick=False) as traveller:
        assert given() == 5
        traveller.shift(40 * 60)  # 50 minutes after the first of them
        assert given() == 0
        assert given() == 5


def test_an_address_is_written_to_once_an_hour_and_three_times_a_day(limited, person, email):
    peers = iter(range(1, 250))

    def ask():
        Asking(limited, f"203.0.113.{next(peers)}").send({"email": email})

    began = clock.now()
    with time_machine.travel(began, tick=False) as traveller:
        for _ in range(4):
            ask()
        person.polis = limited
        assert len(person.letters(email)) == 1
        for hours in (1, 2, 3, 4, 5):
            traveller.move_to(began + timedelta(hours=hours, minutes=1))
            ask()
        assert len(person.letters(email)) == 3


def test_one_host_in_two_spellings_is_one_address(asking, email):
    name = email.partition("@")[0]
    asking.key(f"{name}@ex\u00e4mple.com")
    again = asking.send({"email": f"{name}@xn--exmple-cua.com"})
    assert again.json["error"]["code"] == "pending_claim"
    assert asking.send({"email": f"{name}@EX\u00c4MPLE.com"}).status_code == 409


def test_whatever_happens_at_once_an_address_has_one_trial(polis, email):
    name, host = email.split("@")
    parts = [f"{name}+{n}@{host}" for n in range(6)]

    def act(number):
        if number < len(parts):
            return Asking(polis, f"198.51.100.{number}").send({"email": parts[number]}).json
        with polis.services.transaction() as session:
            mode = polis.services.settings.payment_mode
            made = accounts.create(
                session, email, password_digest=None, mode=mode, now=clock.now(), verified=True,
                trial_tokens_per_day=10**9,
            )  # fmt: skip
        return {"organization_id": made.organization_id}

    made = [each["organization_id"] for each in together(len(parts) + 1, act)]
    polis.organizations += made
    assert trial_of(polis, made) == 300


def test_strangers_together_get_a_third_of_the_day(polis):
    settings = polis.services.settings.model_copy(update={"trial_tokens_per_day": 1200})
    with (
        time_machine.travel(clock.now() + timedelta(days=400), tick=False),
        running(replace(polis.services, settings=settings)) as small,
    ):
        said = [Asking(small).send({"email": f"{ids.new('p')}@example.com"}) for _ in range(3)]
        assert [each.status_code for each in said] == [201, 201, 429]
        proved = member(small.services, verified=True)
        account = small.as_(proved).call("polis_account")
    assert account["trial_tokens_remaining"] == 300


def test_a_mail_repeats_nothing_that_a_stranger_typed(asking, person, email):
    name = email.partition("@")[0]
    asking.key(email)
    letter = person.letter(email)
    assert name not in letter.body.replace(email, "")
    assert name not in letter.subject
    assert re.search(r"/link/polis_ml_\w{49}", letter.body)


def test_the_installation_gives_away_so_much_a_day(polis, email):
    settings = polis.services.settings.model_copy(update={"trial_tokens_per_day": 0})
    with running(replace(polis.services, settings=settings)) as generous_no_more:
        answer = Asking(generous_no_more).send({"email": email})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert rows(polis, Organization, Organization.claim_email == email) == []


def test_a_pack_is_bought_by_its_link_and_a_plan_is_not(polis, asking, person, email):
    given = asking.key(email)
    page = given["checkout_urls"]["small"].removeprefix("http://127.0.0.1:8000")
    http = polis.app.test_client()
    pay_at(polis, http.post(page, base_url="http://127.0.0.1:8000").location)
    account = asking.agent(given).call("polis_account")
    assert account["pack_tokens_remaining"] == 1000
    plan = polis.services.links.pay(given["organization_id"], "plan:pro", clock.now())
    refused = http.post(
        plan.removeprefix("http://127.0.0.1:8000"), base_url="http://127.0.0.1:8000"
    )
    assert refused.status_code == 409
    assert "no owner yet" in refused.text


def test_until_it_is_claimed_it_buys_for_fifty_dollars_in_its_first_week(polis, asking, email):
    given = asking.key(email)
    http = polis.app.test_client()

    def buy(pack):
        page = polis.services.links.pay(given["organization_id"], f"pack:{pack}", clock.now())
        offered = http.post(
            page.removeprefix("http://127.0.0.1:8000"), base_url="http://127.0.0.1:8000"
        )
        if offered.status_code != 303:
            return offered.status_code
        pay_at(polis, offered.location)
        return 303

    assert [buy("scale"), buy("large"), buy("small")] == [409, 303, 409]
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert buy("small") == 303


def test_what_it_was_given_is_all_it_spends_and_no_overage_begins(polis, asking, email):
    agent = asking.agent(asking.key(email))
    for _ in range(10):  # of 15 tokens each
        agent.call("polis_test", **HELLO)
    with polis.unchanged():
        assert agent.refusal("polis_test", **HELLO)["code"] == "not_enough_tokens"
    usage = agent.call("polis_account")["_usage"]
    assert (usage["trial_tokens_remaining"], usage["in_overage"]) == (0, False)
    assert usage["overage_usd"] == 0


def test_it_is_told_the_day_on_which_it_ends(asking, email):
    before = clock.now()
    told = datetime.fromisoformat(asking.key(email)["expires_at"])
    month = timedelta(days=30)
    assert before + month - timedelta(seconds=1) <= told <= clock.now() + month


def test_what_nobody_claims_or_pays_for_ends_after_thirty_days(polis, asking, email):
    free, paid = asking.key(email), asking.key(f"paid.{email}")
    page = paid["checkout_urls"]["small"].removeprefix("http://127.0.0.1:8000")
    http = polis.app.test_client()
    pay_at(polis, http.post(page, base_url="http://127.0.0.1:8000").location)

    def ended(after):
        with polis.services.transaction() as session:
            provisioning.end_unclaimed(session, clock.now() + after)
        return [asking.agent(each).ask("tools/list").status_code == 401 for each in (free, paid)]

    assert ended(timedelta(days=29)) == [False, False]
    assert ended(timedelta(days=31)) == [True, False]
    assert asking.key(email)["api_key"] != free["api_key"]  # the address may ask again


def test_wherever_the_end_is_told_what_was_bought_is_said_to_stay(polis, asking, person, email):
    given, unless = asking.key(email), "unless something was bought"
    assert unless in given["next"][3]
    assert unless in " ".join(person.letter(email).body.split())
    assert unless in person.open(person.link(email)).text
    assert unless in person.open("/start").text
