import statistics
from collections import Counter

import pytest

from app.domain.panel.audience import settle
from app.domain.panel.cards import CARDS
from app.domain.panel.people import People
from app.domain.panel.strata import BLOCK, Strata
from app.domain.panel.temperament import BIG_FIVE, DERIVED


def _people(seed=5, audience="software engineers", count=400):
    people = People(seed, settle(audience, ""), "tweet")
    return [people.person(number) for number in range(1, count + 1)]


def test_a_seat_holds_the_same_person_whoever_else_sits():
    alone = People(5, settle("software engineers", ""), "tweet").person(17)
    assert alone == _people(count=40)[16]


def test_what_the_content_says_does_not_change_the_people_of_a_given_audience():
    first = People(5, settle("parents", "A recipe."), "tweet").person(3)
    assert first == People(5, settle("parents", "Kubernetes."), "tweet").person(3)


def test_another_seed_seats_other_people():
    assert {one.name for one in _people(5, count=20)} != {one.name for one in _people(6, count=20)}


def test_every_twenty_seats_hold_thirteen_intended_five_adjacent_and_two_accidental():
    counted = Counter(one.circle for one in _people(count=100))
    assert counted == {"intended": 65, "adjacent": 25, "accidental": 10}


def test_the_big_five_come_together_as_they_do_in_people():
    people = _people(count=1000)
    columns = {name: [one.traits[name] for one in people] for name in BIG_FIVE}
    for one, other, published in (("A", "E", 0.47), ("A", "C", 0.25), ("C", "N", -0.23)):
        assert statistics.correlation(columns[one], columns[other]) == pytest.approx(
            published, abs=0.09
        )
    assert all(
        statistics.stdev(column) == pytest.approx(1, abs=0.08) for column in columns.values()
    )


def test_traits_are_all_there_and_within_reason():
    for one in _people():
        assert set(one.traits) == {*BIG_FIVE, *DERIVED}
        assert all(abs(value) < 6 for value in one.traits.values())


def test_age_follows_the_audience_and_its_given_bounds():
    ages = [one.age for one in _people(audience="parents aged 25-34") if one.circle == "intended"]
    assert min(ages) >= 25
    assert max(ages) <= 34
    assert all(18 <= one.age <= 88 for one in _people(audience="retirees"))


def test_what_somebody_does_goes_with_their_age():
    everybody = [one for card in CARDS.values() for one in _people(audience=card.role)]
    for one in everybody:
        words = one.occupation.split()
        assert words.count("retired") <= 1, one
        assert not ({"retired", "retiree"} & set(words) and one.age < 58), one
        assert not ({"student", "intern"} & set(words) and one.age > 45), one
        assert not ("retired" in words and {"retiree", "volunteer", "home"} & set(words)), one
    assert {one.occupation for one in everybody if one.age > 75} > {"retired nurse", "retiree"}


def test_an_audience_of_an_unusual_age_still_does_what_its_card_says():
    aged = _people(audience="students aged 70-80")
    jobs = {one.occupation for one in aged if one.circle == "intended"}
    assert jobs <= set(CARDS["students"].occupations)


def test_an_audience_of_one_gender_is_seated_so_and_those_around_it_are_not():
    seated = Counter((one.circle == "intended", one.gender) for one in _people(audience="moms"))
    assert {gender for intended, gender in seated if intended} == {"woman"}
    assert seated[False, "man"] > 40


def test_a_skeptical_audience_is_more_skeptical():
    plain, doubting = (
        statistics.mean(one.traits["skepticism"] for one in _people(audience=audience))
        for audience in ("software engineers", "skeptical software engineers")
    )
    assert doubting > plain + 0.3


def test_names_do_not_go_with_traits():
    people = _people(count=1000)
    by_family = {}
    for one in people:
        by_family.setdefault(one.name.split()[-1], []).append(one.traits["skepticism"])
    big = [statistics.mean(values) for values in by_family.values() if len(values) >= 12]
    assert statistics.stdev(big) < 0.45  # what a dozen random draws would show


def test_neighbours_of_every_card_exist_and_its_lists_are_filled():
    for card in CARDS.values():
        assert set(card.near) <= set(CARDS)
        assert len(card.occupations) >= 4
        assert len(card.archetypes) == 3
        assert card.ages[0] >= 18


def test_strata_hold_each_twentieth_once_in_every_block():
    strata = Strata("check")
    for block in range(3):
        draws = [strata.unit("age", block * BLOCK + seat) for seat in range(1, BLOCK + 1)]
        assert sorted(int(draw * BLOCK) for draw in draws) == list(range(BLOCK))
