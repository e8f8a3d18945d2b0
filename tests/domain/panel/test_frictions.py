from app.domain.panel.frictions import Loss, Voices, described, rank
from app.domain.panel.reasons import Reasons
from app.domain.panel.shapes import Cue, Document
from tests.domain.panel.reactions import reaction

CUE = Cue("hype:0:4", "hype", 0, 4, 17, "revolutionary", 0.9)
DOCUMENT = Document("The revolutionary app", "text", "en", (), (CUE,), {"words": 3.0})
SILENT = Voices([], Reasons(DOCUMENT))


def _said(quote, *objections):
    return {"quote": quote, "objections": list(objections), "thinkAloud": "First. Then second."}


def test_the_gravest_loss_comes_first_and_equal_ones_by_how_often_people_say_so():
    losses = [
        Loss("question", 0.3, 0, 0),
        Loss("hype", 0.9, 1.0, 0.1),
        Loss("missing_proof", 0.3, 0, 0),
    ]
    assert [loss.kind for loss in rank(losses, SILENT)] == ["hype", "missing_proof", "question"]


def test_severity_stays_between_nought_and_ten_and_grows_with_the_loss():
    sizes = [Loss("hype", utility, 0.0, 0.0).severity for utility in (-1.0, 0.0, 0.1, 1.0, 99.0)]
    assert sizes == sorted(sizes)
    assert sizes[0] == 0.0
    assert sizes[-1] <= 10.0


def test_a_wish_weighs_less_than_a_fault_and_only_fills_up_to_three():
    wishes = [Loss(kind, 9.0, 0, 0, wish=True) for kind in ("proof", "number", "story")]
    assert wishes[0].severity < Loss("proof", 9.0, 0, 0).severity / 2
    faults = [Loss("hype", 0.5, 0, 0), Loss("missing_proof", 0.4, 0, 0)]
    ranked = rank([*wishes, *faults], SILENT)
    assert {loss.kind for loss in ranked} == {"hype", "missing_proof", "number"}


def test_a_wish_somebody_voices_goes_before_a_heavier_one_nobody_does():
    losses = [Loss("candour", 0.9, 0, 0, wish=True), Loss("number", 0.3, 0, 0, wish=True)]
    losses += [Loss("hype", 0.9, 0, 0), Loss("question", 0.8, 0, 0)]
    asked = [reaction(1, reasons=[("hype", -1.0), ("question", -1.0)],
                      said=_said("All hype, and a question.", "How much of it is specific?"))]  # fmt: skip
    heard = Voices(asked, Reasons(DOCUMENT))
    assert [loss.kind for loss in rank(losses, heard)] == ["hype", "question", "number"]
    assert [loss.kind for loss in rank(losses, SILENT) if loss.wish] == ["candour"]


def test_a_grave_fault_nobody_voices_goes_before_a_light_wish_somebody_does():
    losses = [Loss("hype", 9.0, 5.0, 0), Loss("question", 0.8, 0, 0)]
    losses += [Loss("number", 0.1, 0, 0, wish=True), Loss("candour", 0.1, 0, 0, wish=True)]
    asked = [reaction(1, reasons=[], said=_said("Fine.", "How much of it is specific?"))]
    ranked = rank(losses, Voices(asked, Reasons(DOCUMENT)))
    assert [loss.kind for loss in ranked] == ["hype", "question", "number"]


def test_an_absence_is_not_wished_for_a_second_time():
    losses = [Loss("missing_proof", 0.9, 0, 0), *(Loss(kind, 0.9, 0, 0, wish=True)
              for kind in ("proof", "number", "story"))]  # fmt: skip
    assert "proof" not in {loss.kind for loss in rank(losses, SILENT)}


def test_evidence_is_what_a_person_said_about_that_very_thing():
    panel = [
        reaction(1, reasons=[("hype", -0.1)], said=_said("Nice figures.")),
        reaction(
            2, reasons=[("hype", -0.5)], said=_said("Fine.", "“revolutionary” is only a word.")
        ),
        reaction(3, reasons=[("hype", -0.2)], said=_said("I don't buy “revolutionary” at all.")),
    ]
    row = described([Loss("hype", 0.5, 0, 0)], Voices(panel, Reasons(DOCUMENT)))[0]
    assert row["evidence"] == [
        {"quote": "“revolutionary” is only a word.", "persona_id": "p2"},
        {"quote": "I don't buy “revolutionary” at all.", "persona_id": "p3"},
    ]
    assert "“revolutionary”" in row["point"]


def test_praise_is_no_evidence_that_the_gain_is_missing():
    moved = [("missing_benefit", -0.5)]
    panel = [
        reaction(1, reasons=moved, said=_said("“a win” says what's in it for me.")),
        reaction(2, reasons=moved, said=_said("I can't see what it does for me.")),
    ]
    row = described([Loss("missing_benefit", 0.5, 0, 0)], Voices(panel, Reasons(DOCUMENT)))[0]
    assert [item["persona_id"] for item in row["evidence"]] == ["p2"]


def test_people_who_were_not_put_off_are_quoted_only_if_nobody_else_is_left():
    panel = [reaction(1, reasons=[("hype", 0.3)], said=_said("I like “revolutionary”."))]
    row = described([Loss("hype", 0.5, 0, 0)], Voices(panel, Reasons(DOCUMENT)))[0]
    assert [item["persona_id"] for item in row["evidence"]] == ["p1"]


def test_a_quote_is_used_for_one_friction_only():
    panel = [
        reaction(seat, reasons=[("hype", -0.5), ("missing_price", -0.4)],
                 said=_said(f"Seat {seat}: “revolutionary” and no price?"))
        for seat in range(1, 9)
    ]  # fmt: skip
    rows = described(
        [Loss("hype", 0.5, 0, 0), Loss("missing_price", 0.4, 0, 0)],
        Voices(panel, Reasons(DOCUMENT)),
    )
    quotes = [item["quote"] for row in rows for item in row["evidence"]]
    assert len(quotes) == len(set(quotes))
