"""What a question is taken to be after."""

import pytest

from app.adapters.engines.embedded.ask.intents import INTENTS, intent_of
from app.adapters.engines.embedded.ask.question import understood
from app.adapters.engines.embedded.ask.replies import REPLIES
from tests.adapters.engines.ask.conversations import put

QUESTIONS = [
    ("Why did you scroll past?", "why"),
    ("why?", "why"),
    ("What would change your mind?", "change_mind"),
    ("What would it take for you to click?", "change_mind"),
    ("Is the price okay?", "price"),
    ("Is it too expensive?", "price"),
    ("Do you trust this?", "trust"),
    ("Is it credible?", "trust"),
    ("What was confusing?", "confusing"),
    ("Did anything not make sense?", "confusing"),
    ("Who would you tell?", "share"),
    ("Would you recommend it to a friend?", "share"),
    ("What do you use instead?", "alternatives"),
    ("How does it compare?", "alternatives"),
    ("Would you pay for it?", "would_pay"),
    ("Would you click?", "would_act"),
    ("Did you save it?", "would_act"),
    ("What was your favourite part?", "favourite"),
    ("What did you like most?", "favourite"),
    ("What did you like least?", "least"),
    ("What put you off?", "least"),
    ("What was your first impression?", "first_impression"),
    ("What caught your eye?", "first_impression"),
    ("What's missing?", "missing"),
    ("Who is this for?", "audience"),
    ("Summarize it in one sentence", "summarise"),
    ("How does the tone come across?", "tone"),
    ("Is it too long?", "length"),
    ("Did you read all of it?", "length"),
    ("How did it make you feel?", "feeling"),
    ("What questions do you still have?", "questions"),
    ("What are your concerns?", "objections"),
    ("What holds you back?", "objections"),
    ("What should we improve?", "one_change"),
    ("How likely are you to sign up, out of 10?", "score"),
    ("What would stop you from signing up?", "objections"),
    ("What's the biggest problem with this page?", "objections"),
    ("Any red flags?", "objections"),
    ("Is anything a deal breaker?", "objections"),
    ("Would you click the thread?", "would_act"),
    ("Would you switch from your current tool?", "would_act"),
    ("Where did you stop reading?", "length"),
    ("Which part lost you?", "confusing"),
    ("Did anything annoy you?", "least"),
    ("Does it sound like AI wrote it?", "tone"),
    ("What did you expect to see but didn't?", "missing"),
    ("What would make this a 10?", "change_mind"),
    ("How could we earn your trust?", "change_mind"),
    ("Do the figures convince you?", "trust"),
    ("Which competitor does it remind you of?", "alternatives"),
    ("How would you describe this to a friend?", "summarise"),
    ("What does it do?", "summarise"),
    ("What benefits do you see?", "benefits"),
    ("What's in it for you?", "benefits"),
    ("Anything else?", "opinion"),
    ("What do you do for a living?", "persona"),
    ("How would you describe the tone?", "tone"),
    ("Does it earn your trust?", "trust"),
    ("What's the main problem it solves?", "summarise"),
    ("Did the headline stop you?", "opening"),
    ("What do you remember?", "remember"),
    ("Who are you?", "persona"),
    ("What do you think?", "opinion"),
    ("Any thoughts?", "opinion"),
]


@pytest.mark.parametrize(("question", "intent"), QUESTIONS)
def test_a_question_is_taken_for_what_it_asks(question, intent):
    assert intent_of(understood(question)) == intent


@pytest.mark.parametrize("question", [question for question, _ in QUESTIONS])
def test_each_of_them_is_answered_from_what_was_read(question):
    answer = put(question)
    assert answer.grounded
    assert answer.text[-1] in ".?!"


def test_there_are_at_least_twenty_five_kinds_of_question():
    assert len(INTENTS) >= 25
    assert set(REPLIES) <= set(INTENTS)


@pytest.mark.parametrize(
    "question",
    ["hello", "What's the capital of France?", "what did you have for breakfast?",
     "Why is the sky blue?", "Who won the match?", "2 + 2", "???", "…", "Do you trust the mayor?",
     "Do you like pizza?", "Which football club do you support?"],
)  # fmt: skip
def test_what_nothing_stored_bears_on_is_not_made_up(question):
    answer = put(question)
    assert not answer.grounded
    assert answer.text
