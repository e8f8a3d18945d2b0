"""Whatever comes in where keys are asked for: a key, or a refusal in its form, never our mistake."""

import json
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rounds import rounds

CASES = rounds(1_000)
METHODS = ("POST", "POST", "POST", "POST", "GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
TYPES = (
    "application/json", "application/json", "application/json; charset=utf-16",
    "application/x-www-form-urlencoded", "multipart/form-data", "application/json;;", "",
)  # fmt: skip

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
addresses = st.emails(domains=st.just("fuzz.example")) | st.emails() | text
values = addresses | st.none() | st.integers() | st.lists(addresses, max_size=2)
said = st.fixed_dictionaries({"email": addresses}) | st.dictionaries(
    st.sampled_from(("email", "name")) | text, values, max_size=3
)
bodies = said.map(json.dumps) | st.binary(max_size=60) | st.just("[" * 5_000)


def test_s33_no_request_for_a_key_is_our_mistake(polis, measured):
    http, told = polis.app.test_client(use_cookies=False), Counter()

    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(
        method=st.sampled_from(METHODS),
        body=bodies,
        content_type=st.sampled_from(TYPES),
        accept=st.sampled_from(("", "application/json", "text/html")),
    )
    def ask(method, body, content_type, accept):
        answer = http.open(
            "/api/provision", method=method, base_url="http://127.0.0.1:8000", data=body,
            content_type=content_type or None, headers={"Accept": accept},
        )  # fmt: skip
        told[answer.status_code] += 1
        assert answer.status_code < 500, (method, answer.text[:300])
        if answer.status_code == 201:
            polis.organizations.append(answer.json["organization_id"])
            assert answer.json["api_key"].startswith(answer.json["key_prefix"])
        elif answer.status_code >= 400 and method != "HEAD":
            assert answer.json["error"]["code"]
            assert answer.json["error"]["request_id"] == answer.headers["X-Request-Id"]

    ask()
    assert min(told[201], told[422], told[405]) > 0, told
    measured("S33", "generated requests", told.total())
    measured("S33", "answers of 5xx", sum(n for status, n in told.items() if status >= 500))
