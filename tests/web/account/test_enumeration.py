"""S22: who has an account cannot be told from an answer, nor from the work it took.

The times themselves are measured by `bench/enumeration.py`; here stands what makes them equal.
"""

import re
from collections import Counter

import pytest

from tests.web.account.browser import Visitor
from tests.web.account.counted import counting
from tests.web.account.somebody import somebody


@pytest.fixture
def known(polis, email):
    """The address of somebody with a password."""
    return somebody(polis, email)


def unknown(email):
    """An address as long as another that nobody has."""
    return "x" + email[1:]


def seen(answer, address):
    """An answer without what differs between any two: its address, its token, its id."""
    text = answer.text.replace(address, "").replace(address.replace("@", "%40"), "")
    text = re.sub(r'name="csrf_token" value="[^"]+"', "", text)
    headers = {n: v for n, v in answer.headers if n not in {"X-Request-Id", "Set-Cookie", "Date"}}
    cookies = [each.partition("=")[0] for each in answer.headers.getlist("Set-Cookie")]
    return answer.status_code, text, headers, cookies


FORMS = {
    "a wrong password": ("/login", {"password": "not the password at all"}),
    "a link to sign in": ("/login", {"how": "link"}),
    "a reset": ("/forgot", {}),
    "a sign-up": ("/signup", {"password": "eleven quiet lighthouse keepers"}),
}


def sent(polis, path, address, form):
    """One form from a fresh browser; gives its answer and its work."""
    visitor = Visitor(polis)
    visitor.open(path)
    with counting(polis.services.database) as work:
        answer = visitor.send(path, email=address, **form)
    return answer, work


@pytest.mark.parametrize("how", FORMS)
def test_s22_the_answer_is_the_same_to_the_byte(polis, known, how):
    path, form = FORMS[how]
    told = [
        seen(sent(polis, path, address, form)[0], address) for address in (known, unknown(known))
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("how", FORMS)
def test_s22_as_many_passwords_are_computed_for_nobody_as_for_somebody(polis, known, how):
    path, form = FORMS[how]
    sent(polis, path, unknown(known), form)  # a process makes what stands for nobody once
    there, nobody = (
        sent(polis, path, address, form)[1].passwords for address in (known, unknown(known))
    )
    assert there == nobody
    assert len(there) == ("password" in form)


def test_s22_somebody_without_a_password_takes_as_long_as_nobody(polis, email):
    somebody(polis, email, None)
    path, form = FORMS["a wrong password"]
    works = [sent(polis, path, address, form)[1] for address in (email, unknown(email))]
    assert works[0].passwords == works[1].passwords == ["verify"]
    assert works[0].statements == works[1].statements


@pytest.mark.parametrize("how", [how for how in FORMS if how != "a sign-up"])
def test_s22_the_same_is_asked_of_the_database(polis, known, how):
    path, form = FORMS[how]
    works = [sent(polis, path, address, form)[1] for address in (known, unknown(known))]
    assert works[0].statements == works[1].statements


def test_s22_a_sign_up_writes_as_much_for_an_address_that_is_known(polis, known):
    path, form = FORMS["a sign-up"]
    works = [sent(polis, path, address, form)[1] for address in (known, unknown(known))]
    written = [
        Counter(each for each in work.statements if each.startswith("INSERT")) for work in works
    ]
    assert written[1] - written[0] == Counter()
    assert written[0] - written[1] == Counter(["INSERT users"])  # the try that met the account
