import pytest

from app.domain.panel.visible import quoted, visible


@pytest.mark.parametrize(
    "hidden", ["\x00", "\x1b", "\u202e", "\u200b", "\ufeff", "\u2066", "\ud800", "\r"]
)
def test_what_cannot_be_seen_is_taken_out(hidden):
    assert visible(f"a{hidden}b") == "ab"


def test_line_breaks_and_letters_of_any_script_stay():
    assert visible("né\n\tжик 🙂") == "né\n\tжик 🙂"


def test_a_long_quote_is_cut_at_a_word():
    assert quoted("one two three four", 9) == "“one two…”"
    assert quoted("\u200b", 9) == ""
