"""What a person brings to a question: their reaction, and what they said in this thread."""

from collections.abc import Iterator

from app.adapters.engines.llm.prompt.data import quoted
from app.domain.panel.shapes import TALK, Reaction
from app.domain.tariff.sizes import LINE, MARKS, QUESTION, STANCE, head, most_tokens

_TOLD = ("thinkAloud", "quote", "resonated", "objections", "confused", "openQuestions", "oneChange")


def stance(one: Reaction) -> str:
    """What they did, in figures, and what they said then."""
    outcome = one.state["outcome"]
    did = (
        f"what they did: {outcome['decision']}; intent {outcome['intent']} and trust "
        f"{outcome['trust']} of 10; {outcome['sentiment']}"
    )
    lines = list(_said(one))
    while lines and most_tokens("\n".join(lines)) > STANCE - 2 * MARKS:
        lines.pop()
    return f"{did}\n{quoted('reaction', lines)}" if lines else did


def talk(one: Reaction, room: int) -> str:
    """The thread before this question, its newest part, within so many tokens."""
    kept: list[str] = []
    left = room - MARKS
    for question, answer in reversed(one.state.get(TALK, ())):
        lines = [f"asked: {question}", f"said: {answer}"]
        left -= most_tokens("\n".join(lines)) + LINE
        if left < 0:
            break
        kept = lines + kept
    return f"earlier in this conversation:\n{quoted('thread', kept)}" if kept else ""


def question_of(question: str) -> str:
    """What is asked now."""
    return f"the question:\n{quoted('question', (head(question, QUESTION - MARKS),))}"


def _said(one: Reaction) -> Iterator[str]:
    for name in _TOLD:
        value = one.body.get(name)
        for said in value if isinstance(value, list) else [value] if value else ():
            yield f"{name}: {said}"
