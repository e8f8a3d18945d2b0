"""How much of intent is the text, the person and the rest; how steady groups are over seeds."""

import statistics

from app.adapters.engines.embedded.disposition import dispose
from app.adapters.engines.embedded.plan import VERSION, Chair, make_plan, sit
from app.domain.panel.reasons import Reasons
from app.domain.panel.segments import segment
from app.domain.panel.strata import Strata
from tests.adapters.engines.panels import ENGINE, request
from tests.adapters.engines.texts import TEXTS

PEOPLE, DAYS = 40, 4


def test_intent_is_about_thirty_percent_text_twenty_person_and_fifty_the_rest():
    cells = {}
    for name, (content_type, content) in TEXTS.items():
        plan = make_plan(request(content, content_type))
        for number in range(1, PEOPLE + 1):
            person = plan.people.person(number)
            for day in range(DAYS):
                luck = Strata("day", name, day)
                chair = Chair(person, dispose(VERSION, day, f"{person.id} {name}", number, luck))
                cells.setdefault((name, number), []).append(sit(plan.views, chair).outcome.intent)
    text, person, rest = _split(cells)
    assert 0.20 <= text <= 0.40
    assert 0.10 <= person <= 0.30
    assert 0.40 <= rest <= 0.60


def _split(cells):
    """Variance components of a crossed design with repeats."""
    names = sorted({name for name, _ in cells})
    numbers = sorted({number for _, number in cells})
    mean = {cell: statistics.mean(values) for cell, values in cells.items()}
    grand = statistics.mean(mean.values())
    by_text = {name: statistics.mean(mean[name, number] for number in numbers) for name in names}
    by_person = {
        number: statistics.mean(mean[name, number] for name in names) for number in numbers
    }
    noise = statistics.mean(statistics.variance(values) for values in cells.values())
    mixed = sum(
        (value - by_text[name] - by_person[number] + grand) ** 2
        for (name, number), value in mean.items()
    ) / ((len(names) - 1) * (len(numbers) - 1))
    text = statistics.variance(by_text.values()) - mixed / len(numbers)
    person = statistics.variance(by_person.values()) - mixed / len(names)
    rest = noise + max(mixed - noise / DAYS, 0.0)
    whole = text + person + rest
    return text / whole, person / whole, rest / whole


def steadiness():
    """The largest standard deviation of a segment's share over twenty seeds, in points."""
    content_type, content = TEXTS["tweet"]
    shares = [[], [], []]
    for seed in range(20):
        asked = request(content, content_type, persona_count=100, detail="snapshot", seed=seed)
        plan = ENGINE.plan(asked)
        groups = segment(ENGINE.react(plan, range(1, 101)), Reasons(plan.document))
        for place, group in enumerate(groups):
            shares[place].append(len(group.members))
    return max(statistics.stdev(column) for column in shares)


def test_segment_shares_are_steady_over_seeds():
    assert steadiness() <= 6
