"""The one place that chooses: from settings to everything a surface needs, in one frozen record."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app import outbox
from app.adapters import billers, engines, fetch, files, limiting
from app.adapters.pages.browser import Browser, LocalBrowser, Looked
from app.adapters.pages.reader import Pages
from app.db import Database, SessionNeeded, Transaction
from app.domain import installation
from app.domain.billing.biller import Biller
from app.domain.billing.till import Till
from app.domain.clients.documents import Documents
from app.domain.clients.key_sets import KeySets
from app.domain.clients.logos import Logos
from app.domain.credentials import Credentials
from app.domain.fetching import Fetcher
from app.domain.limits import Limit
from app.domain.links import Links
from app.domain.pages.door import Door
from app.domain.ports import Engine, Models
from app.domain.rates import Rates
from app.domain.tariff.account import Account
from app.domain.tariff.panelist import MODEL, Panelist
from app.kit import clock, logs
from app.settings import BadSettings, Settings

Send = Callable[[Sequence[outbox.Parcel]], None]

_log = logs.logger("queue")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Services:
    """What the edges work with; tests hand in another by `dataclasses.replace`."""

    settings: Settings
    database: Database
    credentials: Credentials
    links: Links
    panelist: Panelist
    limits: dict[str, Limit]
    rates: Rates
    send: Send  # carries ids of recorded work to the workers
    engine: Callable[[], Engine]  # built when a worker first asks
    model: Models  # the engines a provider's model plays, on somebody's account
    fetcher: Fetcher  # for everything others name
    browser: Browser  # looks at pages, where there is one
    provider_transport: Callable[[], Any]  # asks the providers people sign in by

    def engine_for(self, name: str, account: Account) -> Engine:
        """The engine a run was ordered from."""
        return self.model(account) if name == MODEL else self.engine()

    def biller(self) -> Biller:
        """The payment provider; the simulated one tells of itself at the till, as Stripe does."""

        def told(body: bytes, signature: str) -> None:
            self.till.receive(body, signature, clock.now())

        return billers.build(self.settings, self.database, self.links.keys, told)

    @property
    def till(self) -> Till:
        """Where the payment provider is asked, and what it says applied."""
        return Till(self.database, self.transaction, self.biller())

    @property
    def pages(self) -> Pages:
        """Pages to be put before a panel."""
        return Pages(self.fetcher, self.browser)

    @property
    def page_door(self) -> Door:
        """What is asked of a page before anything is held."""
        limits_ = self.limits if self.settings.rate_limits else None
        return Door(self.fetcher, self.browser, self.rates, limits_)

    @property
    def documents(self) -> Documents:
        """Clients known by the address of their metadata document."""
        limit = self.limits["documents"] if self.settings.rate_limits else None
        own_host = urlsplit(self.settings.base_url).hostname or ""
        return Documents(self.database, self.fetcher, self.rates, limit, own_host)

    @property
    def key_sets(self) -> KeySets:
        """Public keys that others publish."""
        return KeySets(self.database, self.fetcher)

    @property
    def logos(self) -> Logos:
        """Pictures of verified clients, drawn anew."""
        return Logos(self.database, self.fetcher, _drawn)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing transaction; what it recorded is sent once it is committed."""
        with self.database.transaction() as session:
            yield session
        recorded = session.info.pop(outbox.RECORDED, ())
        if recorded:
            self.send(recorded)

    def briefly(self, act: Callable[[Transaction], T]) -> T:
        """Do something in a transaction of statements alone, or anew where it needs a session."""
        try:
            with self.database.brief() as brief:
                return act(brief)
        except SessionNeeded:
            with self.transaction() as session:
                return act(session)


def build(settings: Settings) -> Services:
    """Everything, from the settings alone; opens no connection yet."""
    database = Database(settings.database)
    keys = settings.secret_key or (files.local_secret(settings.instance_dir),)
    return Services(
        settings=settings,
        database=database,
        credentials=Credentials(database, settings.payment_mode),
        links=Links(settings.base_url, keys),
        panelist=engines.panelist(settings),
        limits=limiting.of(settings),
        rates=Rates(database),
        send=_sender(settings),
        engine=cache(lambda: engines.build("embedded")),
        model=engines.Models(settings, database),
        fetcher=fetch.fetcher(settings),
        browser=_browser(settings),
        provider_transport=cache(lambda: _provider_transport(settings)),
    )


def check(services: Services) -> None:
    """Refuse to start on another kind of money's database, or in production on demo data."""
    files.private(services.settings.instance_dir)
    with services.database.transaction() as session:
        installation.settle_mode(session, services.settings.payment_mode)
        if not services.settings.development and installation.has_demo(session):
            raise BadSettings(
                "This database holds a demo organization, whose key is written in a file: set "
                "POLIS_DATABASE_URL to a database that was never used for development."
            )


def _provider_transport(settings: Settings) -> Any:
    from app.adapters import providers  # noqa: PLC0415 # few installations have any
    from app.adapters.fetch.transport import Transport  # noqa: PLC0415 # as above

    return Transport(providers.HOSTS, denied=settings.fetch_denied)


def _browser(settings: Settings) -> LocalBrowser:
    """Chromium has no sandbox where root starts it, which is for development alone."""
    root = os.geteuid() == 0
    why = "Polis runs as root here, and a browser does not."
    barred = why if root and not settings.development else ""
    return LocalBrowser(_looking(settings, sandbox=not root), barred=barred)


def _looking(settings: Settings, *, sandbox: bool) -> Callable[[str, str], Looked]:

    def look(program: str, url: str) -> Looked:
        from app.adapters.pages.chromium import Chromium  # noqa: PLC0415 # workers alone, and seldom
        from app.adapters.pages.proxy import Ways  # noqa: PLC0415 # as above

        ways = partial(Ways, denied=settings.fetch_denied)
        return Chromium(ways, sandbox=sandbox).look(program, url)

    return look


def _drawn(file: bytes) -> bytes | None:
    from app.adapters.logos import drawn  # noqa: PLC0415 # pictures are met seldom, and PIL is large

    return drawn(file)


def _sender(settings: Settings) -> Send:
    """Huey is imported with the first message: most processes never send one."""

    @cache
    def queue() -> Send:
        from app.adapters.queue import Queue  # noqa: PLC0415 # 60 ms the web need not pay at start

        return Queue(settings.queue_url, settings.database).send

    def send(parcels: Sequence[outbox.Parcel]) -> None:
        from app.adapters.queue import AWAY  # noqa: PLC0415 # as above

        try:
            queue()(parcels)
        except AWAY as error:  # the rows stand, and the sweep sends what is due
            _log.warning("queue.away", unsent=len(parcels), exc_info=error)

    return send
