"""The heads: the same on every machine, fair to both sides, and sure of themselves as they may be."""

import hashlib
import json
import subprocess
import sys

import pytest

from app.adapters.engines.embedded.heads import pieces as cut
from app.adapters.engines.embedded.heads.head import FORMATS, head
from app.adapters.engines.embedded.heads.measures import measures
from app.adapters.engines.embedded.heads.tokens import runs, tokens
from app.settings import ROOT

WORDPIECES = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
TEXTS = (
    "", " ", "?", "\N{PILE OF POO}", "9" * 300, "word " * 3_000, "http://t.co/x", "caf\u00e9 \u4e2d\u6587",
    "She Was Told She'd Never Walk Again. Watch What She Does Next.",
)  # fmt: skip
PAIRS = {
    "headline": ("He Was Told It's Impossible. Then She Showed Him This.", "We Have A Report."),
    "tweet": ("Please RT: 5 ways to save energy, with photos http://t.co/a", "ok http://t.co/a"),
    "argument": (
        "Schools should teach cooking because studies show that people who cook eat less sugar,"
        " for example in Finland, and it costs little.",
        "i just think its stupid lol",
    ),
}
every_format = pytest.mark.parametrize("format_", FORMATS)


@every_format
@pytest.mark.parametrize("text", TEXTS)
def test_any_text_has_a_score_and_is_as_good_as_itself(format_, text):
    judge = head(format_)
    assert abs(judge.score(text)) < 1_000
    assert judge.odds(text, text) == 0.5


@every_format
def test_who_is_named_first_makes_no_difference(format_):
    judge = head(format_)
    better, worse = PAIRS[format_]
    assert judge.odds(better, worse) + judge.odds(worse, better) == pytest.approx(1)
    assert judge.odds(better, worse) > 0.6


def test_formats_have_heads_of_their_own():
    """What is learned of one does not travel to another, so none stands in for another."""
    one, other = PAIRS["argument"]
    assert len({round(head(each).odds(one, other), 3) for each in FORMATS}) == len(FORMATS)


@every_format
def test_a_score_is_the_same_to_the_last_digit_in_another_process(format_):
    program = (
        "import json, sys; from app.adapters.engines.embedded.heads.head import head;"
        "print(json.dumps([head(sys.argv[1]).score(each) for each in json.load(sys.stdin)]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, format_], input=json.dumps(TEXTS), cwd=ROOT,
        env={"PYTHONHASHSEED": "7", "PATH": ""}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(told.stdout) == [head(format_).score(text) for text in TEXTS]


def test_every_text_has_the_same_measures_in_the_same_order():
    names = [list(measures(text)) for text in TEXTS]
    assert all(each == names[0] for each in names)
    for format_ in FORMATS:
        assert set(head(format_).measures) <= set(names[0])


def test_runs_know_where_a_text_begins_and_ends_and_take_all_numbers_as_one():
    assert runs(tokens("7 Dogs")) == {
        "<s>", "0", "dogs", "</s>", "<s> 0", "0 dogs", "dogs </s>", "<s> 0 dogs", "0 dogs </s>",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unaffable", ["una", "##ffa", "##ble"]),
        ("Caf\u00e9s, don't!", ["cafes", ",", "don", "'", "t", "!"]),
        ("\u4e2d\u6587", ["\u4e2d", "\u6587"]),
        ("x" * 101, ["[UNK]"]),
    ],
)
def test_words_are_cut_into_their_longest_known_beginnings(text, expected):
    names = {number: piece for piece, number in cut.vocabulary().items()}
    assert [names[number] for number in cut.pieces(text)] == expected


def test_the_list_of_word_pieces_is_the_one_that_was_published():
    kept = ROOT / "app/adapters/engines/embedded/heads/vendor/wordpieces.txt"
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == WORDPIECES
