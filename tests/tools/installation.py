"""An installation in this process: real database and web, a plain engine, work done when told."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app import bootstrap
from app.adapters.fetch.client import Client
from app.adapters.pages.browser import LocalBrowser
from app.bootstrap import Services
from app.domain import keys
from app.domain.credentials import Credentials
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.billing import IdempotentAnswer, LedgerEntry, MonthlyMovement, Purchase
from app.models.limits import SpendCounter, SpendPart
from app.models.runs import Batch, Comparison, Run, StoredReaction
from app.models.threads import StoredAnswer, Thread, Turn
from app.models.usage import DailyUsage
from app.models.work import Work
from app.outbox import Parcel
from app.web import create_app
from app.worker.delivery import Delivery
from tests import invariants
from tests.databases import DATABASES, Copies
from tests.factories import Member, member, settings_for
from tests.fakes import PlainEngine, SpyQueue, work_off
from tests.plan_begun import begin_plan
from tests.tools.agent import Agent, Json
from tests.working import deliver, open_work

WRITTEN = (
    LedgerEntry, MonthlyMovement, Purchase, IdempotentAnswer, SpendCounter, SpendPart, DailyUsage, Run,
    Batch, Comparison, StoredReaction, Thread, Turn, StoredAnswer, Work,
)  # fmt: skip
HELLO = {"content_type": "text", "content": "Hello, world", "persona_count": 10}


@dataclass
class Installation:
    """What tests of the wire start from."""

    services: Services
    app: Flask
    organizations: list[str] = field(default_factory=list)

    def agent(self, **facts: Any) -> Agent:
        """The agent of a new organization; 1,000 pack tokens unless told otherwise."""
        who = member(self.services, **{"tokens": 1000, **facts})
        self.organizations.append(who.organization_id)
        return self.as_(who)

    def second_key(self, agent: Agent, **facts: Any) -> Agent:
        """Another agent of the same organization."""
        with self.services.transaction() as session:
            made = keys.create(
                session, agent.who.organization_id, user_id=agent.who.user_id, name="second",
                now=clock.now(), **facts,
            )  # fmt: skip
        return self.as_(replace(agent.who, key=made.secret, key_id=made.id))

    def forget_organizations(self) -> list[str]:
        """The organizations made since this was asked last."""
        made, self.organizations = self.organizations, []
        return made

    def as_(self, who: Member | None, path: str = "/api/mcp") -> Agent:
        """An agent with a credential that is there already, or with none."""
        return Agent(self.app, who, path)

    def work_off(self) -> None:
        """Do all work that is due."""
        work_off(self.services)

    def complete_run(self, agent: Agent, **more: Any) -> str:
        """A finished run of an agent."""
        run_id = agent.call("polis_test", **{**HELLO, **more})["run_id"]
        self.work_off()
        return run_id

    def complete_comparison(self, agent: Agent) -> Json:
        """A finished comparison of two variants."""
        variants = [{"content": "Hello"}, {"content": "Good evening"}]
        begun = agent.call(
            "polis_compare", content_type="text", variants=variants, persona_count=10
        )
        self.work_off()
        return begun

    def variant_that_is_done(self, agent: Agent) -> str:
        """The first run of a comparison of which both have their report, before its verdict."""
        variants = [{"content": "Hello"}, {"content": "Good evening"}]
        begun = agent.call(
            "polis_compare", content_type="text", variants=variants, persona_count=10
        )
        for kind in ("react_batch", "synthesise"):
            for _ in open_work(self.services, kind):
                deliver(self.services, kind)
        return begun["runs"][0]["run_id"]

    def on_plan(self, agent: Agent, plan: str = "starter") -> None:
        """Put an agent's organization on a plan whose period begins now."""
        now = clock.now()
        wallet = Wallet(agent.who.organization_id, "live", self.services.settings.payment_mode)
        with self.services.transaction() as session:
            end = clock.month_after(now)
            begin_plan(
                session,
                wallet,
                plan,
                start=now,
                end=end,
                cause=f"plan:{wallet.organization_id}:{now}",
                now=now,
            )

    @contextmanager
    def taking(self, mode: str) -> Iterator["Installation"]:
        """The same installation with another kind of money."""
        services = replace(
            self.services,
            settings=self.services.settings.model_copy(update={"billing": mode}),
            credentials=Credentials(self.services.database, mode),
        )
        with running(services) as other:
            yield other

    def counts(self) -> dict[str, int]:
        """How many rows there are of everything a call may write."""
        with self.services.database.reading() as session:
            return {
                table.__tablename__: session.scalar(select(func.count()).select_from(table))
                for table in WRITTEN
            }

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Whatever happens inside, nothing is charged and nothing half-done stays behind."""
        before = self.counts()
        yield
        assert self.counts() == before


@pytest.fixture(scope="session", params=DATABASES)
def standing(
    request: pytest.FixtureRequest, copies: Copies, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """One installation of each kind for all tests: every test makes organizations of its own."""
    folder = tmp_path_factory.mktemp(f"standing-{request.param}")
    built = bootstrap.build(settings_for(copies.fresh(request.param, folder), folder))
    bootstrap.check(built)
    nowhere = Client(user_agent="tests", resolve=lambda _host, _port: [])
    blind = LocalBrowser(built.browser.look, programs=())
    with running(
        replace(built, engine=PlainEngine, send=SpyQueue(), fetcher=nowhere, browser=blind)
    ) as installation:
        yield installation
    built.database.dispose()


@pytest.fixture
def polis(standing: Installation) -> Iterator[Installation]:
    """An installation whose balances must still be the sum of their entries afterwards.

    What a test left undone stays undone: the next one need not work it off.
    """
    yield standing
    database = standing.services.database
    if len(database.lane._free) + database.engine.pool.checkedin() > 6:
        database.dispose()  # many threads left theirs, and one server serves all tests
    with standing.services.transaction() as session:
        session.execute(update(Work).where(Work.ended_at.is_(None)).values(ended_at=clock.now()))
        assert list(invariants.broken(session, *standing.forget_organizations())) == []


@pytest.fixture
def inline(polis: Installation) -> Iterator[Installation]:
    """The same installation with a worker so quick that work is done as it is sent."""
    queue = InlineQueue()
    services = replace(polis.services, send=queue)
    queue.deliver = Delivery(services, "inline")
    with running(services) as installation:
        yield installation


class InlineQueue:
    """Delivers in the sender's own thread."""

    deliver: Delivery

    def __call__(self, parcels: Sequence[Parcel]) -> None:
        for work_id, _ in parcels:
            self.deliver(work_id)


@contextmanager
def running(services: Services) -> Iterator[Installation]:
    """An application over these services until the block ends."""
    app = create_app(services)
    last_use = app.extensions["polis_last_use"]
    last_use._every_s = 3600  # no thread writes while `polis` below closes everybody's connections
    yield Installation(services, app)
    last_use.stop()
