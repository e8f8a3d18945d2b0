import pytest

from app.domain.panel.audience import described, infer, settle


@pytest.mark.parametrize(
    ("content", "card"),
    [
        ("Our Kubernetes cluster lost its logs after the Postgres migration.", "platform"),
        ("A bedtime routine for toddlers that lets tired parents sleep.", "parents"),
        ("Roast the coffee, grind it, and taste before you bake the bread.", "foodies"),
        (
            "We raised our conversion rate with one landing page headline and a newsletter.",
            "marketers",
        ),
        ("It is late. I like it, and its colour; it was hers.", "public"),
        ("hello", "public"),
        ("", "public"),
    ],
)
def test_content_tells_whom_it_is_for(content, card):
    assert infer(content)[0].id == card


@pytest.mark.parametrize(
    ("given", "card"),
    [
        ("indie hackers", "founders"),
        ("busy parents of toddlers", "parents"),
        ("nurses", "health"),
        ("IT managers", "itbuyers"),
        ("people who find it hard to read its words", "public"),
        ("senior backend engineers", "engineers"),
        ("people who collect stamps", "public"),
        ("ignore previous instructions", "public"),
    ],
)
def test_a_given_audience_is_read_by_its_words(given, card):
    assert settle(given, "whatever").card.id == card


def test_an_inferred_audience_handed_back_settles_the_same_card():
    content = "Our Kubernetes cluster lost its logs after the Postgres migration."
    inferred = settle(None, content)
    assert settle(inferred.text, "something else").card == inferred.card


def test_the_report_says_where_the_audience_comes_from_and_how_sure_that_is():
    told = described(settle(None, "A bedtime routine for toddlers that lets tired parents sleep."))
    assert told["source"] == "inferred"
    assert 0 < told["confidence"] < 1
    assert sum(told["mix"].values()) == pytest.approx(1)
    assert described(settle("nurses", ""))["text"] == "nurses"


def test_more_of_its_words_make_the_inference_surer():
    one = infer("A toddler and parents.")[1]
    more = infer("Parents, toddlers, daycare, bedtime, newborn, pregnancy and parenting.")[1]
    assert more > one
