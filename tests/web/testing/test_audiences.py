"""Saved audiences in the browser: saved from their page or from a test, and chosen again."""

import re

import pytest

from app.kit import ids
from tests.web.member import signed_in

LIST = "/app/audiences"
WORDS = "freelance designers aged 25 to 40"
GONE = "This audience was deleted. Choose another."


def save(someone, name="Designers", audience=WORDS):
    someone.open(LIST)
    return someone.send(LIST, name=name, audience=audience)


def id_of(page, name):
    return re.search(rf'href="{LIST}/(aud_\w+)">{name}<', page.text)[1]


def name_in(page):
    field = re.search(r'<input [^>]*name="audience_name"[^>]*>', page.text)[0]
    typed = re.search(r'value="([^"]*)"', field)
    return typed[1] if typed else ""


def test_one_is_saved_reworded_and_deleted(someone):
    assert "No audience is saved yet." in someone.open(LIST).text
    assert save(someone).location == f"{LIST}?done=saved"
    page = someone.open(LIST)
    assert WORDS in page.text
    one = f"{LIST}/{id_of(page, 'Designers')}"
    someone.open(one)
    assert someone.send(one, name="Nurses", audience="night-shift nurses").status_code == 303
    assert "night-shift nurses" in someone.open(LIST).text
    someone.open(one)
    assert someone.send(f"{one}/delete").location == f"{LIST}?done=deleted"
    assert "Nurses" not in someone.open(LIST).text


def test_what_will_not_do_comes_back_with_what_was_typed(someone):
    save(someone)
    answer = save(someone, audience="somebody else")
    assert answer.status_code == 422
    assert "An audience of this name is saved already." in answer.text
    assert "somebody else" in answer.text
    one = f"{LIST}/{id_of(someone.open(LIST), 'Designers')}"
    someone.open(one)
    again = someone.send(one, name=" ", audience="kept")
    assert again.status_code == 422
    assert "kept" in again.text


def test_one_is_saved_from_a_test_and_chosen_there(polis, someone):
    someone.open("/app/new")
    fields = {"form": someone.hidden("form"), "text": "Hello", "audience": WORDS, "detail": "deep"}
    page = someone.send("/app/new", audience_name="Designers", do="save", **fields)
    assert page.status_code == 200
    chosen = re.search(r'<option value="(aud_\w+)" selected>Designers', page.text)[1]
    assert 'value="deep" checked' in page.text
    assert name_in(page) == ""
    begun = someone.send(
        "/app/new", do="start", content_type="text", persona_count="10", saved=chosen,
        **{**fields, "audience": "what stood there before", "detail": "snapshot"},
    )  # fmt: skip
    run_id = begun.location.removeprefix("/app/runs/")
    polis.work_off()
    assert someone.agent().call("polis_report", run_id=run_id)["audience"] == WORDS


@pytest.mark.parametrize(
    ("name", "audience", "sentence"),
    [
        ("", WORDS, "Give it a name of 1 to 80 characters."),
        ("x" * 81, WORDS, "Give it a name of 1 to 80 characters."),
        ("Designers", "somebody else", "An audience of this name is saved already."),
        ("Fine", "", "Say who they are in 1 to 500 characters."),
    ],
)
def test_one_that_cannot_be_saved_leaves_the_form_as_it_was(someone, name, audience, sentence):
    save(someone)
    someone.open("/app/new")
    page = someone.send(
        "/app/new", text="My text", audience=audience, audience_name=name, do="save"
    )
    assert page.status_code == 422
    assert "My text" in page.text
    assert page.text.count(sentence) == 2  # in the summary and beside its field
    assert name_in(page) == name


def test_one_is_saved_from_a_comparison_and_chosen_there(someone):
    someone.open("/app/compare")
    texts = {"content-0": "Hello", "content-1": "Good evening", "audience": WORDS}
    page = someone.send("/app/compare", do="save", audience_name="Designers", **texts)
    assert page.status_code == 200
    assert re.search(r'<option value="aud_\w+" selected>Designers', page.text)
    assert "Good evening" in page.text
    refused = someone.send("/app/compare", do="save", audience_name="Designers", **texts)
    assert refused.status_code == 422
    assert '<a href="#audience_name">An audience of this name is saved already.' in refused.text


def test_a_name_that_was_typed_stays_while_something_else_is_mended(someone):
    someone.open("/app/new")
    assert (
        name_in(someone.send("/app/new", text="", audience_name="Nurses", do="start")) == "Nurses"
    )


@pytest.mark.parametrize("path", ["/app/new", "/app/compare"])
@pytest.mark.parametrize("whose", ["nobody's", "somebody else's"])
def test_one_that_is_gone_is_said_beside_the_choice_and_nothing_starts(
    polis, someone, email, path, whose
):
    gone = ids.new("aud")
    if whose != "nobody's":
        other = signed_in(polis, f"other-{email}")
        save(other, "Theirs")
        gone = id_of(other.open(LIST), "Theirs")
    someone.open(path)
    texts = {"text": "Hello", "content-0": "Hello", "content-1": "Good evening"}
    fields = {"form": someone.hidden("form"), "content_type": "text", "persona_count": "10"}
    for do, status in (("start", 422), ("", 200)):
        with polis.unchanged():
            page = someone.send(path, **fields, **texts, saved=gone, audience="", do=do)
        assert page.status_code == status
        assert f'<a href="#saved">{GONE}</a>' in page.text
        assert 'id="saved-e"' in page.text
        assert page.text.count(GONE) == 3  # in the summary, beside the choice, for a price
    again = someone.send(path, **fields, **texts, saved="", audience="nurses", do="start")
    assert again.status_code == 303


def test_a_link_to_one_that_is_gone_says_so(someone):
    page = someone.open(f"/app/new?audience={ids.new('aud')}")
    assert page.status_code == 200
    assert f'<a href="#saved">{GONE}</a>' in page.text


def test_a_test_begins_from_a_saved_one(someone):
    save(someone)
    chosen = id_of(someone.open(LIST), "Designers")
    page = someone.open(f"/app/new?audience={chosen}").text
    assert f'<option value="{chosen}" selected>' in page


def test_nobody_elses_audience_is_there(polis, someone, email):
    other = signed_in(polis, f"other-{email}")
    save(other, "Theirs")
    theirs = id_of(other.open(LIST), "Theirs")
    assert "Theirs" not in someone.open(LIST).text
    for wanted in (theirs, ids.new("aud"), "nonsense"):
        assert someone.open(f"{LIST}/{wanted}").status_code == 404
        assert someone.send(f"{LIST}/{wanted}", name="x", audience="y").status_code == 404
        assert someone.send(f"{LIST}/{wanted}/delete").status_code == 404
