"""A thousand people do not talk alike, and none of them contradicts themselves."""

import re
from itertools import combinations

import pytest

from app.adapters.engines.embedded.voice import families, speak, speak_traced
from app.adapters.engines.embedded.voice.fields import feeling, looking, thinking
from app.adapters.engines.embedded.voice.frames import deck
from app.adapters.engines.embedded.voice.surface import tidy
from tests.adapters.engines.panels import ENGINE, request
from tests.adapters.engines.texts import TEXTS
from tests.adapters.engines.voice.measures import likeness, strings, variety
from tests.adapters.engines.voice.seats import seat_with

_PLAIN = (
    "Our oven bakes bread. It takes 20 minutes. It is a game changer. Try it. You will like it."
)


def panel(content_type, content, count):
    plan = ENGINE.plan(request(content, content_type))
    return [ENGINE.reseat(plan, number) for number in range(1, count + 1)]


@pytest.mark.parametrize("name", ["tweet", "launch", "memo", "advert", "essay"])
def test_a_thousand_quotes_hardly_repeat(name):
    quotes = [speak(seat, "snapshot")["quote"] for seat in panel(*TEXTS[name], 1000)]
    distinct, commonest = variety(quotes)
    assert distinct >= 0.95
    assert commonest <= 0.02


def test_five_plain_sentences_are_enough_for_a_thousand_quotes():
    quotes = [speak(seat, "snapshot")["quote"] for seat in panel("text", _PLAIN, 1000)]
    distinct, commonest = variety(quotes)
    assert distinct >= 0.95
    assert commonest <= 0.02


def test_people_who_saw_the_same_in_it_still_say_it_differently():
    quotes = [speak(seat_with(number=number), "snapshot")["quote"] for number in range(1, 1001)]
    assert variety(quotes)[0] >= 0.95


def test_there_are_more_than_three_hundred_schemata():
    kinds = [
        schema
        for family in families.FAMILIES.values()
        for schema in (
            *family.liked, *family.disliked, *family.good, *family.bad, *family.wonders,
            *family.wishes,
        )
    ]  # fmt: skip
    assert len(set(kinds)) > 300


@pytest.mark.parametrize("name", ["tweet", "launch", "memo", "advert", "spanish"])
def test_no_two_sentences_of_a_reaction_say_the_same(name):
    for seat in panel(*TEXTS[name], 60):
        sentences = [s for s, _ in speak_traced(seat, "deep")[1] if len(s.split()) > 4]
        for one, other in combinations(dict.fromkeys(sentences), 2):
            assert likeness(one, other) < 0.8, (one, other)


@pytest.mark.parametrize("number", range(1, 30))
def test_who_scrolled_past_says_nothing_of_going_further(number):
    seat = seat_with(number=number, decision="scroll", intent=1, sentiment="negative")
    body = speak(seat, "deep")
    told = " ".join(text for _, text in strings(body))
    gone = r"\bI (?:tapped|clicked|saved|bookmarked|followed it up|went after|took the next)"
    assert not re.search(gone, told)
    assert body["wouldPay"]["answer"].startswith("No")
    assert re.match(r"No one|Nobody|Not ", body["shareWith"])


@pytest.mark.parametrize("number", range(1, 30))
def test_who_clicked_says_so_and_never_that_they_left(number):
    seat = seat_with(number=number, decision="click", intent=8, trust=8, sentiment="positive")
    told = speak(seat, "deep")
    assert re.search(r"\bI (?:followed|went)", told["thinkAloud"])
    assert told["wouldPay"]["answer"] in ("Probably", "Yes")


def test_manner_follows_temperament():
    blunt, hedging = {"A": -2.0, "N": -1.5, "E": 1.0}, {"A": 1.5, "N": 2.0, "E": -1.5}
    hedges = re.compile(
        r"\b(?:maybe|perhaps|I think|I suppose|a little|a bit|seems|might|at least to me|as far as I can tell)\b",
        re.IGNORECASE,
    )

    def hedged(traits):
        bodies = [speak(seat_with(number=n, traits=traits), "deep") for n in range(1, 60)]
        return sum(len(hedges.findall(text)) for body in bodies for _, text in strings(body))

    assert hedged(hedging) > 2 * hedged(blunt)


def test_the_same_seat_says_the_same_again():
    assert speak(seat_with(), "deep") == speak(seat_with(), "deep")


def test_another_seed_words_it_differently():
    assert speak(seat_with(seed=7), "deep") != speak(seat_with(seed=8), "deep")


def test_what_is_said_at_a_glance_is_said_again_in_depth():
    glance, depth = speak(seat_with(), "snapshot"), speak(seat_with(), "deep")
    assert {name: depth[name] for name in glance} == glance


@pytest.mark.parametrize(
    "schemata",
    [*looking.PAUSED.values(), looking.NOTICED, thinking.OPENING, *thinking.DECIDED.values(),
     feeling.ARC, *feeling.WHY_PAY.values(), *feeling.SHARED.values(), *feeling.COMPARED.values()],
)  # fmt: skip
def test_schemata_are_written_without_capital_and_full_stop(schemata):
    for schema in schemata:
        text = re.sub(r"^[a-z]: ", "", schema)
        assert not text.endswith("."), schema
        assert text[0].islower() or text[0] in "{[I", schema


@pytest.mark.parametrize("kind", families.FAMILIES)
@pytest.mark.parametrize("role", ["liked", "disliked", "good", "bad", "wonders", "wishes"])
def test_everybody_finds_words_in_every_family(kind, role):
    named = {"a", "w", "v", "k", "far", "post", "they", "them", "their", "word", "noun"}
    slots = named if kind.startswith("missing_") else named | {"q"}
    lines = getattr(families.FAMILIES[kind], role)
    assert deck(lines, "", frozenset(slots))
    if kind == "absent":
        assert deck(lines, "", frozenset(named))


def test_a_word_is_never_doubled_but_in_a_quotation():
    assert tidy("the the part, “very very good”") == "the part, “very very good”"
