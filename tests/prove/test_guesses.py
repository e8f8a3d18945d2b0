"""Guesses at a password are counted exactly, whichever process is asked and whoever pretends."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter

import pytest

from tests.databases import DATABASES
from tests.served import Served
from tests.together import together

EMAIL = "ada@example.com"
PASSWORD = "seven paper boats in harbour"


@pytest.fixture(params=DATABASES)
def four(request, copies, tmp_path):
    """Four web processes on one database, with their limits on."""
    url = copies.fresh(request.param, tmp_path)
    with Served(url, tmp_path, web_processes="4", web_threads="4", rate_limits="on") as running:
        yield running


def sign_in(served, password, number, email=EMAIL):
    """One try from a browser of its own; gives the status."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    opener = urllib.request.build_opener(jar)
    form = opener.open(f"{served.base}/login", timeout=30).read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
    facts = urllib.parse.urlencode({"csrf_token": token, "email": email, "password": password})
    request = urllib.request.Request(
        f"{served.base}/login", data=facts.encode(), headers={"X-Forwarded-For": f"10.0.0.{number}"}
    )
    try:
        return opener.open(request, timeout=30).status
    except urllib.error.HTTPError as error:
        return error.code


def test_s23_four_processes_let_ten_guesses_through_and_not_the_right_one_after(four, measured):
    four.polis("user", "create", "--email", EMAIL, "--password", PASSWORD, "--verified")
    assert sign_in(four, PASSWORD, 0) == 200
    statuses = together(24, lambda number: sign_in(four, "not this one", number))
    measured("S23", "guesses let through by four processes", statuses.count(422))
    assert Counter(statuses) == {422: 10, 429: 14}
    assert sign_in(four, PASSWORD, 99) == 429
