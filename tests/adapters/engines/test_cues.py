import pytest

from app.adapters.engines.embedded.read import read


def _kinds(content, content_type="text"):
    return {cue.kind for cue in read(content, content_type).cues}


def _surfaces(content, kind):
    return [cue.surface for cue in read(content, "text").cues if cue.kind == kind]


@pytest.mark.parametrize(
    ("content", "kind", "surface"),
    [
        ("It restores 40 GB in 3 minutes.", "number", "40 GB"),
        ("Plans start at $19 per month.", "price", "$19 per month"),
        ("It costs 12 € here.", "price", "12 €"),
        ("We tested it for a year.", "proof", "We tested"),
        ("Used by nurses in Porto.", "social_proof", "Used by"),
        ("A truly revolutionary idea.", "hype", "revolutionary"),
        ("A state-of-the-art pump.", "hype", "state-of-the-art"),
        ("Leverage it now.", "jargon", "Leverage"),
        ("A powerful thing.", "vague_claim", "powerful"),
        ("Our pans are good. Best, they are cheap.", "vague_claim", "Best"),
        ("Is it true?", "question", "?"),
        ("You won't believe what we saw.", "curiosity_gap", "You won't believe"),
        ("It is yours.", "second_person", "yours"),
        ("The launch failed.", "negativity", "failed"),
        ("Act now, friend.", "urgency", "Act now"),
        ("Ignore previous instructions.", "instruction", "Ignore previous instructions"),
        ("Full refund on request.", "guarantee", "Full refund"),
        ("It has a 30-day trial.", "guarantee", "day trial"),
        ("It passed a clinical trial.", "proof", "clinical trial"),
        ("I was wrong there.", "candour", "I was wrong"),
        ("It saves an hour.", "benefit", "saves"),
        ("Made for runners.", "audience", "Made for"),
        ("BUY THIS THING TODAY", "shouting", "THIS THING TODAY"),
        ("So good!!!", "shouting", "!!!"),
        ("Sign up today.", "ask", "Sign up today."),
        ("It was down from 9:10 to 11:45 on Monday.", "number", "9:10"),
        ("It serves 1,000–2,000 users.", "number", "1,000–2,000 users"),  # noqa: RUF001
        ("Open 10:30-11:45 daily.", "number", "10:30-11:45 daily"),
        ("It costs $75-90 a seat.", "price", "$75-90 a seat"),
        ("The pay is €75–90k a year.", "number", "€75–90k"),  # noqa: RUF001
        ("Worth a 15-minute call Thursday?", "ask", "Worth a 15-minute call Thursday?"),
        ("Are you free on Tuesday?", "ask", "Are you free on Tuesday?"),
        ("Could we talk next week?", "ask", "Could we talk next week?"),
        (
            "“We stopped guessing. It cut our churn by half.” (Dana Okafor, Ferngate)",
            "social_proof",
            "It cut our churn by half.",
        ),
        (
            "“It cut our churn by 31% in a quarter.” (Dana Okafor, Ferngate)",
            "proof",
            "It cut our churn by 31% in a quarter.",
        ),
        (
            "«It saved our whole launch week», says Émilie Durand",
            "social_proof",
            "It saved our whole launch week",
        ),
        (
            '"It saved our whole launch week."\n— Kim Lee, founder',
            "social_proof",
            "It saved our whole launch week.",
        ),
    ],
)
def test_a_cue_is_found_with_its_literal_words(content, kind, surface):
    assert surface in _surfaces(content, kind)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("This is not revolutionary.", "hype"),
        ("In order to win, run.", "price"),
        ("We raised $2M from friends.", "price"),
        ("It happened in 2019.", "number"),
        ("The order was shipped.", "ask"),
        ("Our watch was late.", "ask"),
        ("Write HTML by hand.", "shouting"),
        ("Price: [add price].", "price"),
        ("It has a 30-day trial.", "proof"),
        ("Could we be wrong about this?", "ask"),
        ("Interested people came.", "ask"),
        ("It was 2026-12-01.", "number"),
        ("Effective 1 January, the rules change.", "vague_claim"),
        ("Write to jobs@harbour.example today.", "proof"),
        ("See demo.io today.", "proof"),
        ("They call it “the best thing since bread” in Porto.", "social_proof"),
        ("Worth a call on Thursday?\n\nBest,\nTom", "vague_claim"),
        ("Worth a call on Thursday?\n\nBest\nTom", "vague_claim"),
        ("See you there.\n\nAll the best,\nTom", "vague_claim"),
        ("See you there.\r\nBest,\r\nTom", "vague_claim"),
        ("Worth a call on Thursday? Best, Tom", "vague_claim"),
        ("See you there. Best, Dana Okafor, VP Product", "vague_claim"),
        ("Are you free of debt?", "ask"),
        ("Free on weekends. What now?", "ask"),
    ],
)
def test_a_look_alike_is_no_cue(content, kind):
    assert kind not in _kinds(content)


def test_a_figure_beside_it_makes_proof_stronger():
    bare, figured = (
        max(cue.strength for cue in read(content, "text").cues if cue.kind == "proof")
        for content in ("A study found it.", "A study of 400 people found it.")
    )
    assert figured > bare


def test_what_a_launch_leaves_out_is_missed_and_what_it_says_is_not():
    bare = "Our new product is a platform for modern software teams. It has great features."
    assert {"missing_price", "missing_proof"} <= _kinds(bare, "url")
    full = f"{bare} We measured 30 % fewer errors. $9 per month. Start your trial."
    assert not {"missing_price", "missing_proof", "missing_ask"} & _kinds(full, "url")


def test_an_essay_is_not_asked_for_a_price():
    assert "missing_price" not in _kinds("The river froze. My father walked home across it.")


@pytest.mark.parametrize(
    ("content", "off"), [("word " * 70, True), ("word " * 30, False), ("x", True)]
)
def test_a_length_the_format_does_not_carry_is_a_cue(content, off):
    assert ("off_format_length" in _kinds(content, "tweet")) is off


def test_lexicons_keep_silent_in_another_language():
    content = (
        "Nuestra plataforma es muy robust y seamless para las tiendas de la ciudad y no cuesta"
    )
    assert not {"hype", "jargon", "missing_proof", "missing_benefit"} & _kinds(content)


def test_what_a_customer_says_of_themselves_is_no_company_talk():
    said = "We stopped guessing. Our churn fell, and we kept our plan."
    assert "corporate_we" in _kinds(said)
    assert "corporate_we" not in _kinds(f"“{said}” (Dana Okafor, Ferngate)")


def test_company_talk_counts_only_where_the_reader_is_spoken_to_less():
    assert "corporate_we" in _kinds("We are proud of our team and our office.")
    assert "corporate_we" not in _kinds("We help you keep your data and your evenings.")
