"""Marks are literal stretches of the text: joined, the pieces are the text again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.report.marks import Piece, Stuck, about, marked, stuck

TEXT = "We are moving. You told us that five mails\na week were too many. We will read it."


def _friction(point, *quotes):
    return {"point": point, "evidence": [{"quote": quote, "persona_id": "p1"} for quote in quotes]}


def _marks(frictions, text=TEXT, sticky=()):
    return [
        (p.text, p.frictions) for p in marked(text, frictions, sticky) if p.frictions or p.stuck
    ]


def test_what_quotes_name_is_marked_with_its_friction():
    frictions = [
        _friction("Dull", "“We are moving” is dull."),
        _friction("“We will read it” is late"),
    ]
    assert _marks(frictions) == [("We are moving", (1,)), ("We will read it", (2,))]


def test_a_line_end_in_the_text_is_a_blank_in_a_quote():
    assert _marks([_friction("", "“five mails a week…” again")]) == [("five mails\na week", (1,))]


def test_a_phrase_two_frictions_name_carries_both_numbers():
    both = [_friction("", "“We are moving”"), _friction("", "“We are moving”, so what")]
    assert _marks(both) == [("We are moving", (1, 2))]


def test_of_overlapping_phrases_the_longest_is_marked():
    assert _marks([_friction("", "“us”"), _friction("", "“You told us that”")]) == [
        ("You told us that", (2,))
    ]


@pytest.mark.parametrize("phrase", ["ov", "we are moving", "not there", "", "…", "(.*)"])
def test_what_is_not_literally_there_is_not_marked(phrase):
    assert _marks([_friction("", f"“{phrase}”")]) == []
    assert about(f"“{phrase}”", TEXT) == []


def test_phrases_that_stuck_are_marked_where_no_friction_is():
    sticky = [Stuck("We are moving", 4), Stuck("too many", 3)]
    told = _marks([_friction("", "“We are moving”")], sticky=sticky)
    assert told == [("We are moving", (1,)), ("too many", ())]


def test_a_phrase_sticks_from_two_people_on_and_only_if_it_is_there():
    said = ["too many", "too many", "We are moving", "gone", "gone", None]
    assert stuck([{"stuckPhrase": each} for each in said], TEXT) == [Stuck("too many", 2)]


@given(
    st.text(alphabet="ab .“”\n<", max_size=60),
    st.lists(st.text(alphabet="ab “”<", max_size=12), max_size=4),
)
def test_pieces_joined_are_the_text(text, quotes):
    pieces = marked(text, [_friction("x", *quotes)])
    assert "".join(piece.text for piece in pieces) == text
    assert all(isinstance(piece, Piece) and piece.text for piece in pieces)
