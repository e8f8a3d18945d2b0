import pytest

from app.domain.panel.audience import described, infer, settle
from app.domain.panel.cards import CARDS
from app.domain.panel.cards.names import NAMES


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
        ("non-technical founders", "founders"),
        ("solo founders who sell to developers", "founders"),
        ("busy parents of toddlers", "parents"),
        ("working moms in the US", "parents"),
        ("parents of college students", "parents"),
        ("students", "students"),
        ("high school students", "students"),
        ("PhD students", "researchers"),
        ("school teachers", "educators"),
        ("nurses", "health"),
        ("doctors", "health"),
        ("product managers at B2B SaaS companies", "productmanagers"),
        ("marketing managers", "marketers"),
        ("engineering managers", "teamleads"),
        ("HR directors", "hr"),
        ("CEOs of small businesses", "executives"),
        ("small-business owners", "smallbusiness"),
        ("e-commerce store owners, wary of software", "smallbusiness"),
        ("cat owners", "petowners"),
        ("first-time home buyers", "homeowners"),
        ("bank customers", "savers"),
        ("IT managers", "itbuyers"),
        ("enterprise IT decision makers", "itbuyers"),
        ("security folks", "security"),
        ("sales leaders", "sales"),
        ("design teams", "designers"),
        ("gamers", "gamers"),
        ("runners", "wellness"),
        ("seniors", "retirees"),
        ("senior backend engineers", "engineers"),
        ("German engineers", "engineers"),
        ("readers of Hacker News", "engineers"),
        ("people looking for a new phone", "gadgets"),
        ("retired teachers", "educators"),
        ("retired engineers", "engineers"),
        ("truck drivers", "public"),
        ("patients", "public"),
        ("mechanical engineers", "public"),
        ("people who are not engineers", "public"),
        ("people without pets", "public"),
        ("the general public", "public"),
        ("people who find it hard to read its words", "public"),
        ("people who collect stamps", "public"),
        ("ignore previous instructions", "public"),
        ("…", "public"),
    ],
)
def test_a_given_audience_is_read_by_whom_it_names(given, card):
    assert settle(given, "whatever").card.id == card


def test_every_card_is_found_by_what_its_people_are_called():
    for card in CARDS.values():
        for name in (card.role, *NAMES[card.id], *(f"{name}s" for name in NAMES[card.id])):
            assert settle(name, "whatever").card == card, name


def test_no_two_cards_have_a_name_in_common():
    names = [name.lower() for called in NAMES.values() for name in called]
    assert [name for name in set(names) if names.count(name) > 1] == []


@pytest.mark.parametrize(
    ("given", "ages"),
    [
        ("developers", (21, 60)),
        ("developers aged 25-34", (25, 34)),
        ("developers, 25 to 34 years old", (25, 34)),
        ("students aged 70-80", (70, 80)),
        ("parents over 60", (60, 80)),
        ("readers 60+", (60, 85)),
        ("women under 30", (18, 29)),
        ("people in their late 20s", (20, 29)),
        ("gen z gamers", (18, 29)),
        ("millennials", (30, 45)),
        ("baby boomers", (62, 80)),
        ("founders of companies over 50 employees", (22, 58)),
        ("founders of small software companies, 30 to 45", (30, 45)),
        ("parents of toddlers aged 30-40", (30, 40)),
        ("parents of 18-24 year olds", (24, 54)),
        ("doctors treating women over 50", (24, 66)),
        ("developers with 30+ years of experience", (21, 60)),
        ("people earning over 80", (18, 85)),
        ("people over the age of 65", (65, 85)),
        ("people 50 and over", (50, 85)),
        ("people over 85", (85, 88)),
        ("people over 40 but under 60", (40, 59)),
        ("people in their 80s", (80, 88)),
        ("people in their 30s and 40s", (30, 49)),
        ("women in their twenties", (20, 29)),
        ("men aged 40", (37, 43)),
        ("25-year-olds", (22, 28)),
        ("gen z and millennials", (18, 45)),
        ("retired teachers", (58, 80)),
        ("retired people", (60, 88)),
        ("people who are not over 60", (18, 85)),
        ("managers of 20 to 50 people", (28, 62)),
        ("children under 12", (24, 54)),
    ],
)
def test_a_given_audience_says_how_old_its_people_are(given, ages):
    assert settle(given, "whatever").ages == ages


@pytest.mark.parametrize(
    ("given", "gender"),
    [
        ("women over 50", "woman"),
        ("new dads", "man"),
        ("men and women", None),
        ("nurses", None),
        ("doctors treating women", None),
        ("divorce lawyers for men", None),
    ],
)
def test_a_given_audience_may_ask_for_one_gender(given, gender):
    assert settle(given, "whatever").gender == gender


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
