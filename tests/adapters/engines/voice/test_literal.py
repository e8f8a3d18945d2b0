"""What may be quoted of a text, and how it is cut."""

import pytest

from app.adapters.engines.embedded.voice.literal import around, clauses, measured, tight
from app.adapters.engines.embedded.voice.surface import adjunct, finish, with_article
from app.adapters.engines.embedded.voice.topics import topics_in


@pytest.mark.parametrize(
    ("surface", "quoted"),
    [
        ("revolutionary", "revolutionary"),
        ("**bold** claim", "claim"),
        ("She said “no” twice", "She said"),
        ("a <b>tag</b>", "tag"),
        ("hidden\u202etext here", "text here"),
        ("one\x00two three", "two three"),
        ("https://example.org/x", ""),
        ("!!!", "!!!"),
        ("🚀🔥", "🚀🔥"),
        ("a" * 500, "a" * 24),
        (
            "one two three four five six seven eight nine of the",
            "one two three four five six seven eight nine",
        ),
        (
            "We are raising the price of our weekly vegetable box from March",
            "We are raising the price",
        ),
        (
            "We built a pump for the wells of every dry village here",
            "We built a pump for the wells",
        ),
    ],
)
def test_a_quotation_is_short_readable_and_balanced(surface, quoted):
    assert tight(surface) == quoted
    assert quoted in surface


@pytest.mark.parametrize(
    ("before", "surface", "after", "quoted"),
    [
        ("in under ", "12 seconds", " flat.", "12 seconds"),
        ("saves ", "40%", " of your time.", "40% of your time"),
        ("we are ", "3x", " faster than before.", "3x faster"),
        ("from 40 minutes to ", "6", ". Done.", "40 minutes to 6"),
        ("there's a ", "30", "-day trial.", "30-day trial"),
        ("recibe un ", "20 %", " de descuento", "20 % de descuento"),
    ],
)
def test_a_figure_is_quoted_with_what_it_counts(before, surface, after, quoted):
    found = measured(before, surface, after)
    assert found == quoted
    assert found in before + surface + after


def test_a_cue_is_quoted_with_the_clause_it_stands_in():
    text = "Nobody tells you, but we lost a database last year, and it hurt."
    start = text.index("lost")
    assert around(text, start, start + 4) == "we lost a database last year"


def test_a_long_clause_is_cut_next_to_the_cue():
    text = "all of the departments that report to the board of the company must file their returns"
    start = text.index("returns")
    quote = around(text, start, start + 7)
    assert "returns" in quote
    assert quote in text
    assert len(quote.split()) <= 9


def test_clauses_do_not_end_on_a_word_that_leads_elsewhere():
    assert clauses("Please be advised that, under the rules, you must pay now") == (
        "Please be advised", "under the rules", "you must pay now",
    )  # fmt: skip


def test_topics_are_written_as_the_text_writes_them_nouns_first():
    text = "We deploy Rollback. The Rollback engine and the releases."
    assert topics_in(text, ("deploy", "rollback", "releases")) == ("Rollback", "releases")


@pytest.mark.parametrize(
    ("noun", "phrase"),
    [("accountant", "an accountant"), ("nurse", "a nurse"), ("HR manager", "an HR manager"),
     ("university student", "a university student"), ("UX designer", "a UX designer")],
)  # fmt: skip
def test_the_article_fits_the_noun(noun, phrase):
    assert with_article(noun) == phrase


@pytest.mark.parametrize(
    ("word", "before"),
    [
        ("teams", "team"),
        ("analytics", "analytics"),
        ("news", "news"),
        ("process", "process"),
        ("launches", "launch"),
        ("boxes", "box"),
        ("caches", "cache"),
        ("prices", "price"),
    ],
)
def test_a_plural_is_singular_before_a_noun(word, before):
    assert adjunct(word) == before


def test_a_sentence_gets_its_capital_and_its_stop_once():
    assert finish("so what?") == "So what?"
    assert finish("“x” is fine") == "“x” is fine."
