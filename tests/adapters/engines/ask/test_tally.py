"""What several answers add up to is counted, not felt."""

import pytest

from app.adapters.engines.embedded.ask import summarise
from app.domain.panel.shapes import Answer
from tests.adapters.engines.ask.conversations import LAUNCH, Panel


def answers(*texts):
    return [Answer(number, text, grounded=True) for number, text in enumerate(texts, start=1)]


def test_verdicts_are_counted():
    told = summarise("Would you click?", answers("Yes, I did.", "No, because.", "Maybe later."))
    assert told == "3 of 3 answered from what they read: 1 yes, 1 maybe, 1 no."


def test_an_open_question_is_not_counted_as_yes_and_no():
    told = summarise("What put you off?", answers("Nobody I know says “bold”.", "No source."))
    assert "yes" not in told
    assert " no" not in told.replace("None", "")


def test_the_words_named_most_are_given_with_their_count():
    told = summarise("Why?", answers("“Bold” is noise.", "“bold” puts me off.", "“New” helps."))
    assert "“Bold” by 2" in told
    assert "New" not in told


def test_marks_are_averaged():
    told = summarise("Rate it", answers("3 out of 10, because.", "6 out of 10; so.", "Maybe."))
    assert "4.5 out of 10 on average" in told


def test_moves_are_counted_with_those_who_stay():
    told = summarise(
        "What if it were shorter?",
        answers(
            "A bit, from 3 to 5 out of 10.", "Hardly: still 4 out of 10.", "from 6 to 5 out of 10"
        ),
    )
    assert "1 would go further, 1 less far, 1 as far as before" in told
    assert "from 4.5 to 5.0 out of 10" in told


def test_nothing_found_is_said():
    nothing = [Answer(1, "No idea.", grounded=False), Answer(2, "No idea.", grounded=False)]
    assert summarise("Capital of France?", nothing).startswith("None of the 2")


@pytest.mark.parametrize("question", ["Would you click?", "Do you trust it?", "Why?"])
def test_a_whole_panel_is_summed_in_a_sentence(question):
    told = summarise(question, Panel(LAUNCH, "url").all(question, 60))
    assert told.startswith("60 of 60")
    assert told.endswith(".")
    assert "\n" not in told


def test_a_large_share_carries_its_interval():
    told = summarise("Would you click?", Panel(LAUNCH, "url").all("Would you click?", 60))
    assert "by sampling alone" in told
