"""Layout heuristics: figures in, sentences out; and the figures of a page whose layout is known."""

from typing import get_args

import pytest

from app.adapters.pages import layout
from app.adapters.pages.contrast import contrast
from app.domain.pages.layout import Kind


def box(text="Some words of an ordinary line here", **more):
    facts = {
        "text": text, "words": len(text.split()), "top": 100, "left": 0, "width": 300, "height": 40, "size": 16,
        "bold": False, "colour": [0, 0, 0], "behind": [255, 255, 255],
    }  # fmt: skip
    return facts | more


def page(**more):
    """A page in which nothing stands out."""
    facts = {
        "width": 1280, "height": 800, "whole": 1600, "across": 1280, "texts": [box()] * 4, "shrunk": False,
        "buttons": [box("Start free")], "headings": [box("Heading", size=40, level=1)],
    }  # fmt: skip
    return facts | more


def phone(**more):
    return page(width=390, height=844, across=390) | more


def notes(wide, narrow):
    return layout.notes(wide, narrow, layout.findings(wide, narrow))


def test_a_plain_page_has_one_sentence():
    assert notes(page(), phone()) == (
        "Layout heuristics, from boxes in a browser 1,280 by 800 and 390 px wide: Nothing stood out.",
    )


@pytest.mark.parametrize(
    ("wide", "narrow", "sentence"),
    [
        ({"headings": []}, {}, "There is no heading (h1 to h3) on the page."),
        (
            {"headings": [box("Late", top=1200)]}, {},
            "The first heading, “Late”, stands 1,200 px down, below the fold.",
        ),
        (
            {"headings": [box("Shy", size=18)]}, {},
            "The main heading, “Shy”, is 18 px beside text of 16 px: it hardly stands out.",
        ),
        ({"buttons": []}, {}, "There is no button on the page: what to do next is left to links in the text."),
        (
            {"buttons": [box("Buy", top=2140), box("Later", top=3000)]}, {},
            "No button stands above the fold: the first one, “Buy”, is 2,140 px down.",
        ),
        (
            {"buttons": [box(name) for name in ("A", "B", "C", "D", "A")]}, {},
            "4 buttons compete above the fold: “A”, “B”, “C”, “D”.",
        ),
        (
            {"texts": [box(), box("Pale", colour=[170, 170, 170])]}, {},
            "1 of 2 pieces of text have too little contrast; the least is “Pale”, 2.3 to 1 where 4.5 is needed.",
        ),
        ({"texts": [box("word " * 200)]}, {}, "The first screen holds 200 words."),
        ({"texts": [box("One")]}, {}, "The first screen holds 1 word of text."),
        ({"whole": 9600}, {}, "The page is 12 screens long."),
        ({}, {"texts": [box(size=9), box()]}, "On a phone 50% of the words are under 12 px, the smallest 9 px."),
        ({}, {"across": 620}, "On a phone the page is 620 px across and moves sideways."),
        ({}, {"shrunk": True}, "On a phone the page is shown as on a desk, and shrunk: it names no viewport."),
    ],
)  # fmt: skip
def test_what_stands_out_is_said_in_a_sentence(wide, narrow, sentence):
    first, *found = notes(page(**wide), phone(**narrow))
    assert found == [sentence]
    assert first.endswith(": 1 finding.")


def test_what_is_behind_a_picture_has_no_contrast():
    found = notes(page(texts=[box(), box("Pale", colour=[250] * 3, behind=None)]), phone())
    assert len(found) == 1


def test_large_letters_need_less_contrast():
    grey = [130, 130, 130]
    assert contrast(grey, [255] * 3) == pytest.approx(3.8, abs=0.1)
    assert len(notes(page(texts=[box(colour=grey)]), phone())) == 2
    assert len(notes(page(texts=[box(colour=grey, size=24)]), phone())) == 1
    assert len(notes(page(texts=[box(colour=grey, size=19, bold=True)]), phone())) == 1


def test_words_of_a_page_are_shown_as_words():
    found = notes(page(buttons=[box("Buy\u202e now\x07 " + "long " * 20, top=5000)]), phone())
    assert "“Buy now long" in found[1]
    assert "…”" in found[1]


def test_contrast_is_that_of_the_standard():
    assert contrast([0, 0, 0], [255, 255, 255]) == pytest.approx(21)
    assert contrast([255, 255, 255], [255, 255, 255]) == pytest.approx(1)
    assert contrast(None, [0, 0, 0]) is None
    assert contrast([0, 0], [0, 0, 0]) is None


WORSE = [
    ("layout_heading", {"headings": [box("Shy", size=22)]}, {"headings": [box("Late", top=1200)]}),
    (
        "layout_ask",
        {"buttons": [box("Buy", top=900)]}, {"buttons": [box("Buy", top=4000)]},
    ),
    (
        "layout_competing",
        {"buttons": [box(name) for name in "ABCD"]}, {"buttons": [box(name) for name in "ABCDEFGH"]},
    ),
    (
        "layout_contrast",
        {"texts": [*[box()] * 9, box(colour=[170] * 3)]}, {"texts": [box(colour=[170] * 3)] * 9},
    ),
    ("layout_crowded", {"texts": [box("word " * 200)]}, {"texts": [box("word " * 300)]}),
    ("layout_bare", {"texts": [box("Only four words here")]}, {"texts": [box("One")]}),
    ("layout_long", {"whole": 8000}, {"whole": 12000}),
    ("layout_phone", {"texts": [*[box()] * 4, box(size=9)]}, {"texts": [box(size=9)] * 9}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "mild", "grave"), WORSE)
def test_what_is_worse_is_felt_more_strongly(kind, mild, grave):
    narrow = kind == "layout_phone"
    felt = []
    for changed in (mild, grave):
        wide, small = (page(), phone(**changed)) if narrow else (page(**changed), phone())
        [found] = layout.findings(wide, small)
        assert found.kind == kind
        felt.append(found.strength)
    assert 0 < felt[0] < felt[1] <= 1


def test_every_kind_a_reader_can_feel_is_found_somewhere():
    assert [kind for kind, *_ in WORSE] == list(get_args(Kind))
