import re

import pytest

from app.adapters.engines.embedded.plan import chair, make_plan
from app.adapters.engines.embedded.read import read
from app.adapters.engines.embedded.rewrite import wording
from app.adapters.engines.embedded.rewrite.facts import facts, keeps
from app.adapters.engines.embedded.rewrite.gaps import gap_filler
from app.adapters.engines.embedded.rewrite.search import rewrite
from app.adapters.engines.embedded.rewrite.text import replace, tidy
from tests.adapters.engines.panels import request
from tests.adapters.engines.texts import HOSTILE, TEXTS


def _rewritten(content, content_type="text"):
    plan = make_plan(request(content, content_type))
    chairs = [chair(plan, number) for number in range(1, 31)]
    return rewrite(plan.views, chairs[:20], chairs)


def _words(text):
    return set(re.findall(r"\w+", re.sub(r"\[[^\]]*\]", " ", text).lower()))


def _whole(told):
    return f"{told.get('headline', '')} {told['body']}"


@pytest.mark.parametrize("name", TEXTS)
def test_no_fact_is_lost_and_none_invented(name):
    content_type, content = TEXTS[name]
    told = _whole(_rewritten(content, content_type))
    assert keeps(facts(content), told)
    assert facts(re.sub(r"\[[^\]]*\]", " ", told)) - _words(content) <= facts(content)


@pytest.mark.parametrize("name", TEXTS)
def test_a_rationale_never_claims_more_than_a_simulation(name):
    content_type, content = TEXTS[name]
    assert _rewritten(content, content_type)["rationale"].endswith("Not verified with people.")


def test_a_tweet_stays_a_tweet():
    long = (
        "We fixed the login bug that hit 41 customers. " + "It was a truly powerful journey. " * 12
    )
    assert len(long) > 280
    body = _rewritten(long, "tweet")["body"]
    assert len(body) <= 280
    assert "41 customers" in body
    assert all(
        len(_rewritten(text, kind)["body"]) <= 280
        for kind, text in TEXTS.values()
        if kind == "tweet"
    )


@pytest.mark.parametrize(
    ("content", "gone", "kept"),
    [
        (
            "We sell a revolutionary pump for wells in dry places.",
            "revolutionary",
            "a pump for wells",
        ),
        (
            "We will utilize the pump in order to water the wells.",
            "utilize",
            "use the pump to water",
        ),
        (
            "We're thrilled to announce that the pump for wells works.",
            "thrilled",
            "The pump for wells",
        ),
        ("The pump works!!! Nothing else matters to the wells.", "!!!", "The pump works!"),
        ("The pump works. Act now, hurry. It waters wells.", "hurry", "It waters wells"),
        ("It is an incredible pump for all the wells around here.", "incredible", "It is a pump"),
    ],
)
def test_an_edit_leaves_a_whole_sentence(content, gone, kept):
    body = _rewritten(content)["body"]
    assert gone not in body
    assert kept in body


@pytest.mark.parametrize(
    ("edit", "content"),
    [
        (wording.without_filler, "We would rather pay our growers than cut corners."),
        (wording.without_filler, "I'd rather walk, rather than wait."),
        (wording.without_filler, "It is not just a pump, it is not very loud, and not really new."),
        (wording.without_filler, "What kind of pump do you need, and this sort of well?"),
        (wording.without_filler, "Simply put, thank you very much for quite a few years."),
        (wording.without_filler, "Her brother is “obviously running,” the paper writes of the race."),
        (wording.without_hype, "It sticks it all in one neat package for the wells of a village."),
        (wording.without_hype, "The pump is amazing, get it from the shop at the well."),
        (wording.without_hype, "We saw the film twice, exclusive scenes and the well behind the house."),
        (wording.without_hype, "We watch the Super Bowl at the well every single year."),
        (wording.without_hype, "Yours truly, the pump. My superior had a look at it."),
        (wording.without_hype, "Visit TechCrunch Disrupt Europe with the pump this year."),
        (wording.without_hype, "Amazing how many people drank from the well in one year."),
        (wording.without_hype, "The mayor called it “a revolutionary pump” when she saw the well."),
        (wording.without_hype, "We answer ::questions:: and hand out .@pump badges."),
        (wording.plain_words, "It is the first state to require a warrant for a pump."),
        (wording.plain_words, "The shuttle Endeavour carried a pump for the wells."),
        (wording.plain_words, "Our partner is Refugee Assistance Africa, and they dig wells."),
    ],
)  # fmt: skip
def test_words_that_carry_their_sentence_stay(edit, content):
    assert edit(read(content, "text")) == content


@pytest.mark.parametrize(
    ("edit", "content", "left"),
    [
        (wording.without_filler, "It is quite good, really, and very quiet.",
         "It is good, and quiet."),
        (wording.without_filler, "Basically https://polis.example/a says it.",
         "https://polis.example/a says it."),
        (wording.without_hype, "Incredibly, the pump works.", "The pump works."),
        (wording.without_hype, "It is an exclusive, extended film.", "It is an extended film."),
        (wording.without_hype, "It is a quiet, revolutionary pump.", "It is a quiet pump."),
        (wording.without_hype, "It is an all-in-one pump.", "It is a pump."),
        (wording.without_hype, "- Amazing pumps for wells\n- Quiet ones too",
         "- Pumps for wells\n- Quiet ones too"),
        (wording.without_hype, "We unleash it on Monday.", "We use it on Monday."),
        (wording.plain_words, "We endeavor to help, and the endeavor counts.",
         "We try to help, and the effort counts."),
    ],
)  # fmt: skip
def test_words_that_carry_nothing_go(edit, content, left):
    assert edit(read(content, "text")) == left


def test_what_only_the_author_knows_becomes_a_placeholder():
    told = _rewritten(TEXTS["page"][1], "url")
    assert "[add price]" in told["body"]
    assert "Brackets are yours to fill" in told["rationale"]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("We moved the whole shop to a new street", "street. [say who it is for]."),
        ("We moved the whole shop. Sign up today.", "shop. [say who it is for]. Sign up today."),
        ("We moved the whole shop 🧵", "shop 🧵 [say who it is for]."),
        ("We sold 40%", "We sold 40%. [say who it is for]."),
    ],
)
def test_a_placeholder_follows_a_sentence_that_has_its_end(text, joined):
    assert joined in gap_filler("missing_audience")(read(text, "text"))


def test_a_headline_is_handed_back_apart():
    told = _rewritten(TEXTS["launch"][1], "markdown")
    assert told["headline"] == "RestoreCheck: know your backups work"
    assert told["headline"] not in told["body"]


def test_another_language_is_left_alone_and_the_rationale_says_so():
    told = _rewritten(TEXTS["spanish"][1], "linkedin")
    assert told["body"] == TEXTS["spanish"][1]
    assert "English" in told["rationale"]


@pytest.mark.parametrize(("content_type", "places"), [("tweet", 6), ("linkedin", 20)])
def test_in_another_language_a_post_too_long_is_shortened_and_nothing_else(content_type, places):
    rooms = (
        "casa calle plaza tienda puerta cocina escuela iglesia playa ciudad aldea granja huerta "
        "fuente torre ventana bodega taberna cabaña ermita"
    )
    sentences = [
        f"La {each} de mi abuela está tranquila por la noche y la gente del barrio duerme muy bien."
        for each in rooms.split()[:places]
    ]
    told = _rewritten(" ".join(sentences), content_type)
    kept = re.findall(r"La [^.]+\.", told["body"])
    assert " ".join(kept) == told["body"]
    assert kept == [each for each in sentences if each in kept]
    assert len(kept) < len(sentences)
    assert told["edits"] == ["cut the emptiest sentences to fit the format"]


def test_where_nothing_helps_it_says_so():
    told = _rewritten(TEXTS["tweet"][1], "tweet")
    assert told["edits"] == []
    assert told["rationale"].startswith("No edit")


@pytest.mark.parametrize("name", HOSTILE)
def test_any_content_can_be_rewritten(name):
    told = _rewritten(HOSTILE[name])
    assert isinstance(told["body"], str)
    assert told["rationale"]


@pytest.mark.parametrize(
    ("before", "stretch", "by", "after"),
    [
        ("an amazing pump", "amazing", "", "a pump"),
        ("a great idea", "great", "", "an idea"),
        ("Truly good pumps", "Truly", "", "Good pumps"),
        ("Leverage pumps", "Leverage", "use", "Use pumps"),
        ("A big ox. It", "big", "", "An ox. It"),
        ("panama amazing pump", "amazing", "", "panama pump"),
    ],
)
def test_a_cut_leaves_no_scar(before, stretch, by, after):
    start = before.index(stretch)
    assert tidy(replace(before, start, start + len(stretch), by)) == after
