"""Installations whose panels a model plays, and what tests do with them."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app import bootstrap
from app.adapters import engines
from app.adapters.engines.llm.crew import crew
from app.domain import wallets
from app.domain.runs import ask, start
from app.domain.runs.ask import Question
from app.domain.runs.order import Order
from app.kit import clock
from tests import invariants
from tests.factories import caller, member, settings_for
from tests.fakes import SpyQueue, work_off

TEXT = (
    "Frobly writes your meeting notes. A study of 212 teams found 3 hours saved a week. "
    "It is the revolutionary way to work. Try it for $9 a month."
)


@pytest.fixture
def install(database_url, tmp_path, fake_models):
    made = []

    def build(provider="openai", **more):
        settings = settings_for(database_url, tmp_path, **fake_models.facts(provider, **more))
        built = bootstrap.build(settings)
        bootstrap.check(built)
        terms = engines.terms(settings)
        waits: list[float] = []
        quick = crew(settings, terms, built.database, waits.append)
        made.append((built, quick))
        return replace(built, send=SpyQueue(), model=quick)

    yield build
    for built, quick in made:
        quick.hang_up()
        invariants.check(built.database)
        built.database.dispose()


@pytest.fixture
def services(install):
    return install()


def who_of(services, **more):
    return caller(services, member(services, tokens=2_000, **more))


def order(personas=10, detail="standard", content=TEXT, **more):
    return Order("text", content, personas, detail, **more)


def begin(services, who, wanted=None):
    with services.transaction() as session:
        return start.start(
            session, who, wanted or order(), services.panelist, now=clock.now(), request_id="req"
        )


def put(services, who, run, target="panel", name=None, text="Why?", thread=None):
    with services.transaction() as session:
        return ask.ask(
            session, who, Question(run, target, name, text, thread),
            panelist=services.panelist, now=clock.now(), request_id="req",
        )  # fmt: skip


def packs(services, who):
    with services.database.reading() as session:
        return wallets.standing(session, who.wallet, clock.now()).packs


def rows(services, what):
    with services.database.reading() as session:
        return list(session.scalars(select(what)))


def complete(services, who, personas=10):
    begun = begin(services, who, order(personas))
    work_off(services)
    return begun.id
