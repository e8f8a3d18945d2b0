"""Signing in by passkey: challenge, browser, origin, host, person and counter all have to fit."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.kit import clock
from app.models.accounts import User
from app.models.factors import Passkey, PasskeyChallenge
from tests.tools.installation import running
from tests.web.account.browser import Visitor
from tests.web.account.second_factors import PRESENT, VERIFIED, Device, anywhere, encoded
from tests.web.account.somebody import somebody

HERE = "http://localhost:8000"  # a name: browsers bind no passkey to a bare address
STEP = "/login/second"
NEW = "/app/settings/passkeys/new"


@pytest.fixture
def someone(polis):
    return Visitor(polis, base=HERE, peer=anywhere())


@pytest.fixture
def another(polis):
    return Visitor(polis, base=HERE, peer=anywhere())


@pytest.fixture
def ada(polis, email):
    return somebody(polis, email)


def asked(visitor, path):
    """What the script is told that asks for options with the page's token."""
    answer = visitor.http.post(
        path, base_url=visitor.base, headers={"X-CSRFToken": visitor.token},
        environ_overrides={"REMOTE_ADDR": visitor.peer},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    return answer.json


def made(visitor, ada, device=None, name="Laptop"):
    """Somebody signs in and makes a passkey; gives their device."""
    visitor.sign_in(ada)
    device = device or Device(HERE)
    visitor.open(NEW)
    answer = device.make(asked(visitor, f"{NEW}/options"))
    page = visitor.send(NEW, passkey=answer, name=name)
    assert page.status_code == 200, page.text
    assert "shown once" in page.text
    return device


@pytest.fixture
def device(polis, ada):
    """A device that holds a passkey of hers."""
    return made(Visitor(polis, base=HERE, peer=anywhere()), ada)


def signs_in(visitor, device, **changed):
    visitor.open("/login?again=1")
    options = asked(visitor, "/login/passkey/options")
    return visitor.send(
        "/login/passkey", passkey=device.answer(options, **changed), next="/app/keys"
    )


def refused(answer):
    return answer.status_code == 303 and answer.location.endswith("&passkey=failed")


def is_said_beside_the_button(page, sentence):
    said = rf'aria-describedby="passkey".*</button>\s*<p class="error" id="passkey"[^>]*>.*{sentence}</p>'
    return f'<a href="#passkey">{sentence}</a>' in page.text and re.search(said, page.text)


def test_a_passkey_alone_signs_in_and_leads_on(someone, ada, device):
    answer = signs_in(someone, device)
    assert (answer.status_code, answer.location) == (303, "/app/keys")
    assert someone.is_signed_in()
    assert ada in someone.open("/app/").text


def test_what_is_asked_wants_any_passkey_and_its_owner_verified(someone):
    someone.open("/login")
    options = asked(someone, "/login/passkey/options")
    assert options["rpId"] == "localhost"
    assert options["userVerification"] == "required"
    assert options["allowCredentials"] == []
    assert len(options["challenge"]) >= 43


def test_what_is_asked_of_a_new_one_is_found_without_an_address(someone, ada, device):
    someone.sign_in(ada)
    someone.open(STEP)
    someone.send(STEP, how="passkey", passkey=device.answer(asked(someone, f"{STEP}/options")))
    someone.open(NEW)
    options = asked(someone, f"{NEW}/options")
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert [each["id"] for each in options["excludeCredentials"]] == [encoded(device.credential_id)]
    assert ada not in str(options["user"]["id"])


def test_where_a_passkey_is_set_a_password_asks_for_it(someone, ada, device):
    assert someone.sign_in(ada).location == STEP
    page = someone.open(STEP)
    assert 'data-options="/login/second/options"' in page.text
    options = asked(someone, f"{STEP}/options")
    assert [each["id"] for each in options["allowCredentials"]] == [encoded(device.credential_id)]
    answer = someone.send(STEP, how="passkey", passkey=device.answer(options))
    assert answer.location == "/app/"
    assert someone.is_signed_in()


def test_somebody_elses_passkey_is_no_second_factor(polis, someone, ada, device, email):
    other = made(Visitor(polis, base=HERE, peer=anywhere()), somebody(polis, f"o.{email}"))
    someone.sign_in(ada)
    someone.open(STEP)
    options = asked(someone, f"{STEP}/options")
    page = someone.send(STEP, how="passkey", passkey=other.answer(options))
    assert page.status_code == 422
    assert is_said_beside_the_button(page, "This passkey did not work. Try again.")


def test_a_challenge_is_answered_once(someone, another, ada, device):
    someone.open("/login")
    options = asked(someone, "/login/passkey/options")
    first = device.answer(options)
    assert someone.send("/login/passkey", passkey=first).location == "/app/"
    someone.open("/login?again=1")
    assert refused(someone.send("/login/passkey", passkey=first))
    assert refused(someone.send("/login/passkey", passkey=device.answer(options)))


def test_a_challenge_is_its_browsers_alone(someone, another, ada, device):
    someone.open("/login")
    another.open("/login")
    asked(another, "/login/passkey/options")
    options = asked(someone, "/login/passkey/options")
    assert refused(another.send("/login/passkey", passkey=device.answer(options)))
    assert not another.is_signed_in()


def test_a_challenge_lives_five_minutes(someone, ada, device):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        someone.open("/login")
        options = asked(someone, "/login/passkey/options")
        traveller.shift(timedelta(minutes=5))
        assert refused(someone.send("/login/passkey", passkey=device.answer(options)))


def test_a_challenge_of_another_purpose_is_none(someone, ada, device):
    someone.sign_in(ada)
    someone.open(STEP)
    options = asked(someone, f"{STEP}/options")
    someone.open("/login")
    assert refused(someone.send("/login/passkey", passkey=device.answer(options)))


def test_an_unlocked_device_is_asked_for(someone, ada, device):
    device.flags = PRESENT
    assert refused(signs_in(someone, device))
    device.flags = VERIFIED
    assert refused(signs_in(someone, device))
    device.flags = PRESENT | VERIFIED
    assert signs_in(someone, device).location == "/app/keys"


def test_a_counter_that_does_not_grow_is_a_copy(someone, ada, device):
    assert signs_in(someone, device).location == "/app/keys"
    device.count -= 1
    assert refused(signs_in(someone, device))


def test_an_origin_or_a_host_that_is_not_ours_proves_nothing(someone, ada, device):
    for origin in ("http://localhost:8001", "https://localhost:8000", "http://evil.example"):
        assert refused(signs_in(someone, replace(device, origin=origin)))


def test_another_key_proves_nothing(someone, ada, device):
    stranger = Device(HERE, credential_id=device.credential_id, handle=device.handle)
    assert refused(signs_in(someone, stranger))


def test_a_passkey_that_names_somebody_else_or_nobody_proves_nothing(someone, ada, device):
    assert refused(signs_in(someone, device, userHandle=b"usr_somebody_else"))
    assert refused(signs_in(someone, device, userHandle=b""))


def test_an_unknown_passkey_gets_the_same_words(someone):
    answer = signs_in(someone, Device(HERE, handle=b"usr_x"))
    assert refused(answer)
    assert "This passkey did not work." in someone.open(answer.location).text


RUBBISH = [
    "", "{}", "[]", "null", "1", '"x"', "{" * 3000, "[" * 100_000, '{"id": 1, "response": {}}',
    '{"id": "x", "response": {"clientDataJSON": "e30"}}', '{"id": "\\ud800", "response": []}',
    json.dumps({"id": "x", "response": {"clientDataJSON": encoded(b'{"challenge": 5}')}}),
    "x" * 30_000,
]  # fmt: skip


@pytest.mark.parametrize("sent", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_is_refused_wherever_a_passkey_is_read(someone, ada, sent):
    someone.open("/login")
    assert refused(someone.send("/login/passkey", passkey=sent))
    someone.sign_in(ada)
    someone.open(NEW)
    page = someone.send(NEW, passkey=sent, name="x")
    assert page.status_code == 422
    assert is_said_beside_the_button(page, "This took too long. Try again.")


def test_parts_of_an_answer_that_are_not_what_they_should_be_are_refused(someone, ada, device):
    for name in ("authenticatorData", "signature"):
        for value in (b"", b"x", bytes(37), bytes(500)):
            assert refused(signs_in(someone, device, **{name: value}))


def test_parts_of_a_new_passkey_that_are_not_what_they_should_be_are_refused(someone, ada):
    someone.sign_in(ada)
    someone.open(NEW)
    for statement in (b"", b"x", b"\xa0", bytes(37), b"\xa3cfmtdnonegattStmt\xa0hauthDataA\x00"):
        answer = json.loads(Device(HERE).make(asked(someone, f"{NEW}/options")))
        answer["response"]["attestationObject"] = encoded(statement)
        assert someone.send(NEW, passkey=json.dumps(answer), name="x").status_code == 422


def test_a_passkey_made_without_unlocking_is_not_kept(someone, ada):
    someone.sign_in(ada)
    someone.open(NEW)
    answer = Device(HERE, flags=PRESENT).make(asked(someone, f"{NEW}/options"))
    assert someone.send(NEW, passkey=answer, name="x").status_code == 422


def test_a_passkey_is_renamed_and_removed_by_its_owner_alone(polis, someone, another, ada, device):
    signs_in(someone, device)
    with polis.services.database.reading() as session:
        who = session.scalar(select(User.id).where(User.email == ada))
        passkey = session.scalars(select(Passkey.id).where(Passkey.user_id == who)).one()
    path = f"/app/settings/passkeys/{passkey}"
    another.sign_in(somebody(polis, f"other.{ada}"))
    another.open("/app/settings")
    assert another.open(path).status_code == 404
    assert another.send(path, name="mine").status_code == 404
    assert another.send(f"{path}/remove").status_code == 404
    someone.open(path)
    assert someone.send(path, name=" ").status_code == 422
    assert someone.send(path, name="  Old\u202e laptop ").status_code == 303
    assert "Old laptop" in someone.open("/app/settings/security").text
    someone.send(f"{path}/remove")
    assert "A passkey was removed" in someone.letter(ada).body
    assert refused(signs_in(someone, device))
    assert Visitor(polis, base=HERE).sign_in(ada).location == "/app/"  # and nothing asks for it


def test_a_first_proof_from_elsewhere_removes_passkeys(polis, someone, another, email):
    someone.sign_up(email)
    device = made(someone, email)
    another.press(another.link(email))
    assert another.is_signed_in()
    assert refused(signs_in(someone, device))


def test_only_the_public_half_is_kept_and_no_challenge_in_clear(polis, someone, ada, device):
    someone.open("/login")
    options = asked(someone, "/login/passkey/options")
    with polis.services.database.reading() as session:
        kept = session.scalars(select(PasskeyChallenge.digest)).all()
    assert kept
    assert options["challenge"] not in {encoded(each) for each in kept}


def test_fifty_wrong_passkeys_are_the_last_of_a_network(polis):
    visitor = Visitor(polis, base=HERE, peer=anywhere())
    visitor.open("/login")
    said = [visitor.send("/login/passkey", passkey="x").status_code for _ in range(51)]
    assert said == [303] * 50 + [429]


def test_no_passkey_is_offered_under_a_bare_address(polis):
    visitor = Visitor(polis)
    page = visitor.open("/login").text
    assert "data-options" not in page
    assert 'autocomplete="username"' in page


def test_passkeys_are_bound_to_the_host_of_the_base_address(polis, ada):
    settings = polis.services.settings.model_copy(update={"base_url": "https://polis.example"})
    with running(replace(polis.services, settings=settings)) as secure:
        visitor = Visitor(secure, base="https://polis.example")
        visitor.open("/login")
        assert asked(visitor, "/login/passkey/options")["rpId"] == "polis.example"
