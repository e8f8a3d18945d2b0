"""The way from one text to another leaves out nothing of either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.report.changes import Part, Piece, changes, parts, whole

LONG = "word " * 4000


def _sides(before, after):
    told = changes(before, after)
    was = "".join(piece.text for piece in told if piece.kind != "new")
    now = "".join(piece.text for piece in told if piece.kind != "gone")
    return was, now


@given(st.text(alphabet="ab .!?\n[]", max_size=80), st.text(alphabet="ab .!?\n[]", max_size=80))
def test_both_texts_can_be_read_out_of_it(before, after):
    assert _sides(before, after) == (before, after)


def test_equal_texts_have_no_change():
    assert changes("One. Two.", "One. Two.") == [Piece("same", "One. Two.")]


def test_a_changed_word_is_told_in_its_sentence():
    assert changes("We go. You stay.", "We go. You leave.") == [
        Piece("same", "We go. You "), Piece("gone", "stay"), Piece("new", "leave"), Piece("same", "."),
    ]  # fmt: skip


def test_a_phrase_changes_as_a_whole_and_not_word_by_word():
    told = changes("Get two red hats.", "Get one blue hats.")
    assert Piece("gone", "two red") in told
    assert Piece("new", "one blue") in told


@pytest.mark.parametrize("after", [LONG.replace("word", "other"), LONG + "more"])
def test_long_texts_take_no_time_and_lose_nothing(after):
    assert _sides(LONG, after) == (LONG, after)


def test_blanks_for_the_author_are_told_apart_but_not_their_own_brackets():
    before = "See [the list](https://x.example)."
    assert parts(f"{before} [add price]", before) == [
        Part(f"{before} ", fill=False), Part("[add price]", fill=True),
    ]  # fmt: skip
    assert parts("", before) == []


def test_a_headline_is_set_as_its_author_set_it():
    before = "# Old\n\nBody."
    assert whole({"headline": "New", "body": "Body."}, before) == "# New\n\nBody."
    assert whole({"body": "Body."}, before) == "Body."
    assert whole({"headline": "New", "body": "Body."}, "Old") == "New\n\nBody."
