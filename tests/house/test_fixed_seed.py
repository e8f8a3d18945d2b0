"""Cases that Hypothesis draws: every session tries the same ones, so a failure comes again."""

from hypothesis import given, settings
from hypothesis import strategies as st


def drawn(*own: settings) -> list[int]:
    """What a property is tried with, under settings of its own where it has some."""
    cases: list[int] = []

    @given(st.integers())
    def collect(number: int) -> None:
        cases.append(number)

    for each in own:
        collect = each(collect)
    collect()
    return cases


def test_a_property_is_tried_with_the_same_cases_each_time():
    assert drawn() == drawn()


def test_a_property_with_settings_of_its_own_is_tried_with_the_same_cases_too():
    few = settings(max_examples=30, deadline=None)
    assert drawn(few) == drawn(few)
    assert len(drawn(few)) == 30
