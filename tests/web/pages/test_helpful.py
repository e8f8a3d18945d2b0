"""Whether a page helped: a plain form below it, counted without a cookie or a name."""

import re

import pytest

from app.kit import meters
from tests.web.fixtures import limited

__all__ = ["limited"]

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def reader(polis):
    return polis.app.test_client()


def says(reader, answer, page="overview"):
    return reader.post(f"/helpful/{page}", data={"answer": answer}, base_url=BASE)


def counted(answer, page="overview"):
    return sum(dict(meters.own().read()).get((meters.HELPFUL.name, page, answer), ()))


@pytest.mark.parametrize(
    ("answer", "told"), [("yes", "which pages help"), ("no", 'href="/support"')]
)
def test_an_answer_is_counted_and_thanked_for_without_a_cookie(reader, answer, told):
    page = reader.get("/docs/overview", base_url=BASE).text
    form = re.search(r'<form[^>]* method="post" action="(/helpful/overview)".*?</form>', page)
    assert f'name="answer" value="{answer}"' in form[0]
    before = counted(answer)
    said = says(reader, answer)
    assert said.status_code == 303
    assert counted(answer) == before + 1
    thanks = reader.get(said.headers["Location"], base_url=BASE)
    assert told in thanks.text
    assert 'href="/docs/overview"' in thanks.text
    assert [each.headers.get("Set-Cookie") for each in (said, thanks)] == [None] * 2


def test_what_is_no_answer_or_no_page_is_refused_and_not_counted(reader):
    assert says(reader, "perhaps").status_code == 422
    assert says(reader, "yes", "none").status_code == 404
    assert reader.get("/helpful/none", base_url=BASE).status_code == 404
    assert counted("perhaps") == counted("yes", "none") == 0


def test_one_network_cannot_drown_the_others(limited):
    reader = limited.app.test_client()
    answers = [says(reader, "no").status_code for _ in range(12)]
    assert answers == [303] * 10 + [429] * 2
