"""A comparison says who wins and how sure that is, or plainly that it cannot be said."""

import re
from dataclasses import replace
from html import unescape

import pytest
from sqlalchemy import select

from app.domain.panel import preference
from app.domain.panel.shapes import Reaction
from app.domain.runs import progress, texts
from app.kit import clock
from app.models.runs import Comparison, Run, StoredReaction
from tests.fakes import PlainEngine
from tests.tools.installation import running
from tests.web.account.counted import counting
from tests.web.runs.conftest import someone

TEXTS = (
    "Our app now works without a connection. Open it on the train, fix what you see, done.",
    "AMAZING NEWS!!! The most revolutionary, world-class synergy platform ever. Act now!",
    "Works offline since May; 212 teams use it daily. Try it free for 14 days: example.com/offline",
)


@pytest.fixture
def compared(real):
    reader = someone(real)
    begun = reader.agent.call(
        "polis_compare", content_type="tweet", variants=[{"content": each} for each in TEXTS],
        persona_count=40, detail="standard", label="Three ways",
    )  # fmt: skip
    real.work_off()
    return reader, begun


def test_the_page_says_the_verdict_and_every_figure_with_its_range(compared):
    reader, begun = compared
    page = reader.open(f"/app/runs/{begun['compare_id']}").text
    result = reader.agent.call("polis_report", run_id=begun["compare_id"])["result"]
    assert f'<p class="verdict">{result["verdict"]}</p>' in page
    assert f"{result['interval_note']}." in page
    for letter in "ABC":
        assert f"Like {letter} best" in page
    assert page.count("Open its report") == 3
    for one in begun["runs"]:
        assert f'href="/app/runs/{one["run_id"]}"' in page
    assert len(re.findall(r'data-label="Against A">[+0-][\d.]+<span class="sub">', page)) == 2
    assert ("preferred</span>" in page) == (result.get("winner_run_id") is not None)


def test_a_report_of_a_version_leads_back_to_the_comparison(compared):
    reader, begun = compared
    page = reader.open(f"/app/runs/{begun['runs'][0]['run_id']}").text
    assert f'<a href="/app/runs/{begun["compare_id"]}">Comparison</a>' in page


def test_too_close_is_said_plainly(polis, reader):
    compare_id = polis.complete_comparison(reader.agent)["compare_id"]
    page = reader.open(f"/app/runs/{compare_id}").text
    assert '<p class="verdict">Too close to call.</p>' in page
    assert "the panel does not tell them apart" in page
    assert "preferred</span>" not in page


RANGES = {  # what may be said of them; "Its" and "it" are how sure the verdict is
    "noted": "The range of how sure it is: ",
    "held": "and its range of how well those odds held on choices not seen before.",
    "its": "Its range is 95 % sampling error of a simulated panel.",
    "all": "Ranges are 95 % sampling error of a simulated panel of 10.",
    "others": "The other ranges are 95 % sampling error of a simulated panel of 10.",
}


@pytest.mark.parametrize(
    ("level", "note", "there", "gone"),
    [
        (preference.UNVALIDATED, preference.STACKED_NOTE, ["noted", "others"], ["noted"]),
        ("validated-wording", preference.LEARNED_NOTE, ["noted", "others"], ["noted"]),
        (preference.UNVALIDATED, None, ["all"], ["its"]),
        ("validated-wording", None, ["held", "others"], ["held"]),
    ],
    ids=["stacked", "learned", "kept before notes", "learned, kept before notes"],
)
def test_what_the_range_of_the_verdict_is_is_said_once(polis, reader, level, note, there, gone):
    begun = polis.complete_comparison(reader.agent)
    with polis.services.transaction() as session:
        row = session.get_one(Comparison, begun["compare_id"])
        row.result = row.result | {"interval_note": note, "validity": level}
    for said in (there, gone):
        page = unescape(reader.open(f"/app/runs/{begun['compare_id']}").text)
        assert [name for name, words in RANGES.items() if words in page] == said
        assert page.count(f"{note}.") == bool(note)
        with polis.services.transaction() as session:
            run_ids = [one["run_id"] for one in begun["runs"]]
            texts.delete_of(session, run_ids, texts.RETENTION, clock.now())


def test_while_it_runs_it_can_be_stopped_as_a_whole(polis, reader):
    variants = [{"content": "Hello"}, {"content": "Good evening"}]
    begun = reader.agent.call(
        "polis_compare", content_type="text", variants=variants, persona_count=10
    )
    compare_id = begun["compare_id"]
    page = reader.open(f"/app/runs/{compare_id}").text
    assert "Cancel, 30 tokens back" in page
    part = reader.part(f"/app/runs/{compare_id}").text
    assert part.lstrip().startswith('<div id="progress"')
    version = reader.open(f"/app/runs/{begun['runs'][0]['run_id']}").text
    assert "Cancel," not in version
    assert f"/app/runs/{compare_id}" in version
    reader.open(f"/app/runs/{compare_id}")
    reader.send(f"/app/runs/{compare_id}/cancel")
    assert "30 of 30 tokens came back." in reader.open(f"/app/runs/{compare_id}").text
    over = reader.part(f"/app/runs/{compare_id}")
    assert over.headers["HX-Refresh"] == "true"


def _answered(polis, reader, *people):
    """A comparison that runs, of whose versions so many have been read by fifty people each."""
    texts = [{"content": each} for each in TEXTS[: len(people)]]
    begun = reader.agent.call(
        "polis_compare", content_type="text", variants=texts, persona_count=100
    )
    engine = polis.services.engine()
    for one, pieces in zip(begun["runs"], people, strict=True):
        for piece in range(pieces):
            with polis.services.transaction() as session:
                work = progress.work_left(session, one["run_id"], piece, clock.now())
            reactions = engine.react(engine.plan(work.request), work.seats)
            with polis.services.transaction() as session:
                progress.record(session, one["run_id"], piece, reactions, clock.now())
    return f"/app/runs/{begun['compare_id']}"


@pytest.mark.parametrize(
    ("people", "letters"),
    [
        ((0, 0), ""),
        ((1, 0), "AAAAAA"),
        ((1, 2), "ABABAB"),
        ((1, 0, 1), "ACACAC"),
        ((2, 1, 1), "ABCABC"),
    ],
)
def test_while_it_runs_who_has_answered_stands_there_with_the_letter_of_their_version(
    real, people, letters
):
    reader = someone(real)
    path = _answered(real, reader, *people)
    for answer in (reader.open(path), reader.part(path)):
        assert f'<span class="figure">{50 * sum(people)}</span>' in answer.text
        cards = re.findall(r'<article class="person" id="(\w+)-(\w)">', answer.text)
        assert "".join(letter for _, letter in cards) == letters
        assert len(set(cards)) == len(cards)
        assert answer.text.count('<span class="sr">Version </span>') == len(letters)
        assert ("Who has answered" in answer.text) == bool(letters)


def test_the_cards_are_of_those_who_answered_last(real):
    reader = someone(real)
    path = _answered(real, reader, 2, 1)
    found = re.findall(r'<article class="person" id="(\w+)-(\w)">', reader.part(path).text)
    with real.services.database.reading() as session:
        rows = session.execute(
            select(Run.variant, StoredReaction.persona)
            .join(StoredReaction, StoredReaction.run_id == Run.id)
            .where(Run.comparison_id == path.rpartition("/")[2])
            .order_by(StoredReaction.seat.desc())
        ).all()
    for number, letter in enumerate("AB"):
        last = [persona["id"] for variant, persona in rows if variant == number][:3]
        assert [id_ for id_, its in found if its == letter] == last


def test_how_far_it_is_takes_few_statements_however_many_versions_there_are(real):
    taken = []
    for people in ((1, 1), (1, 1, 1)):
        reader = someone(real)
        path = _answered(real, reader, *people)
        reader.part(path)
        with counting(real.services.database) as work:
            reader.part(path)
        taken.append(len(work.statements))
    assert taken[0] == taken[1] <= 12


@pytest.mark.parametrize(
    ("code", "ours"), [("engine_unavailable", True), ("content_refused", False)]
)
def test_one_that_failed_says_whose_fault_it_was_and_what_came_back(polis, reader, code, ours):
    begun = polis.complete_comparison(reader.agent)
    with polis.services.transaction() as session:
        comparison = session.get_one(Comparison, begun["compare_id"])
        comparison.status, comparison.result = "failed", None
        for one in begun["runs"]:
            run = session.get_one(Run, one["run_id"])
            run.status, run.failure_code, run.failure_message = (
                "failed",
                code,
                "Away.",
            )
    page = reader.open(f"/app/runs/{begun['compare_id']}").text
    assert "The comparison could not be finished." in page
    assert "Away." in page
    assert ("This is ours" in page) == ours


def test_it_takes_few_statements_however_many_versions_there_are(compared):
    reader, begun = compared
    with counting(reader.polis.services.database) as work:
        reader.open(f"/app/runs/{begun['compare_id']}")
    assert len(work.statements) <= 12, work.statements


class Losing(PlainEngine):
    """Everybody answers every version alike, by their seat; of each version some are lost."""

    def __init__(self, lost, sure=0.5):
        self.lost, self.sure = lost, sure

    def react(self, plan, seats):
        lost = self.lost.get(plan.content, ())
        told = (one for one in super().react(plan, seats) if one.number not in lost)
        return [
            Reaction(one.number, one.persona, one.body | {"intent": one.number % 11}, {})
            for one in told
        ]

    def compare(self, plans, panels):
        return super().compare(plans, panels) | {"p_a_beats_b": self.sure}


def _compared_by(polis, engine):
    """The page of a comparison of two versions that forty people were asked to read."""
    with running(replace(polis.services, engine=lambda: engine)) as installation:
        reader = someone(installation)
        begun = reader.agent.call(
            "polis_compare", content_type="text", persona_count=40, detail="snapshot",
            variants=[{"content": "Hello"}, {"content": "Good evening"}],
        )  # fmt: skip
        installation.work_off()
        polis.organizations += installation.forget_organizations()
        return reader.open(f"/app/runs/{begun['compare_id']}")


@pytest.mark.parametrize(
    ("lost", "people"),
    [
        ({"Hello": (3,)}, 39),
        ({"Hello": (3,), "Good evening": (8,)}, 38),
        ({"Hello": (1, 2), "Good evening": (2, 3, 4)}, 36),
    ],
)
def test_versions_are_compared_by_the_people_who_read_all_of_them(polis, lost, people):
    page = _compared_by(polis, Losing(lost))
    assert page.status_code == 200
    assert f"a simulated panel of {people}." in page.text
    against = re.search(r'data-label="Against A">([^<]+)<span class="sub">([^<]+)<', page.text)
    assert against.groups() == ("0.0", "0.0 to 0.0")


@pytest.mark.parametrize(("sure", "shown"), [(0.5999, 59), (0.6, 60), (0.7, 70)])
def test_a_lead_too_small_to_call_is_never_shown_as_one_that_is_enough(polis, sure, shown):
    page = _compared_by(polis, Losing({}, sure)).text
    told = re.search(r"<dt>Sure that the best beats the next</dt><dd>(\d+) ", page)
    assert int(told[1]) == shown
    assert "Under 60 % sure it is too close to call." in page
