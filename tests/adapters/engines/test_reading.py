from itertools import pairwise

import pytest

from app.adapters.engines.embedded.cues.kinds import KINDS
from app.adapters.engines.embedded.read import read
from tests.adapters.engines.texts import HOSTILE, TEXTS

EVERYTHING = {**{name: text for name, (_, text) in TEXTS.items()}, **HOSTILE}
FORMATS = ("tweet", "markdown")


@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.parametrize("content_type", FORMATS)
def test_offsets_are_exact_for_any_content(name, content_type):
    content = EVERYTHING[name]
    document = read(content, content_type)
    assert document.spans
    assert [span.id for span in document.spans] == list(range(len(document.spans)))
    for span in document.spans:
        assert content[span.start : span.end] == span.text
    for cue in document.cues:
        assert content[cue.start : cue.end] == cue.surface
        assert cue.kind in KINDS
        assert 0 < cue.strength <= 1
        assert (cue.span_id is None) == (cue.surface == "")
    assert len({cue.id for cue in document.cues}) == len(document.cues)


@pytest.mark.parametrize("name", TEXTS)
def test_spans_stand_in_order_and_leave_no_word_out(name):
    content_type, content = TEXTS[name]
    spans = read(content, content_type).spans
    assert all(one.end <= other.start for one, other in pairwise(spans))
    between = content
    for span in reversed(spans):
        between = between[: span.start] + between[span.end :]
    assert not any(char.isalnum() for char in between)


def test_kinds_of_span_are_told_apart():
    kinds = [span.kind for span in read(TEXTS["launch"][1], "markdown").spans]
    assert kinds[0] == "headline"
    assert kinds.count("bullet") == 3
    assert kinds[-1] == "ask"
    kinds = [span.kind for span in read("We did it. https://a.example/x #one #two", "tweet").spans]
    assert kinds == ["sentence", "link", "hashtag"]


def test_an_abbreviation_does_not_end_a_sentence():
    spans = read("Dr. Lee met 12 people, e.g. two nurses. They talked.", "text").spans
    assert [span.words for span in spans] == [8, 2]


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ("We built a tool for people who write.", "en"),
        (TEXTS["spanish"][1], "other"),
        ("Wir bauen ein Werkzeug für Leute, die nicht gern schreiben.", "other"),
        (HOSTILE["right to left"], "other"),
        (HOSTILE["wide"], "other"),
        ("hello", "en"),
        ("🙂🙂", "other"),
    ],
)
def test_the_language_is_guessed(content, language):
    assert read(content, "text").language == language


@pytest.mark.parametrize("name", [name for name in HOSTILE if len(HOSTILE[name]) > 9_000])
def test_work_grows_no_faster_than_the_text(name):
    half = HOSTILE[name][: len(HOSTILE[name]) // 2]
    assert _steps(HOSTILE[name]) < 3 * _steps(half) + 500


def _steps(content):
    """Function calls made while reading: a count, so that no clock is asked."""
    import sys

    count = 0

    def tick(_frame, _event, _argument):
        nonlocal count
        count += 1

    sys.setprofile(tick)
    try:
        read(content, "text")
    finally:
        sys.setprofile(None)
    return count
