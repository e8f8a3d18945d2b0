"""The engines by name; each is imported when it is first asked for, by workers only."""

import hashlib
import threading
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING

from app.db import Database
from app.domain import plans
from app.domain.ports import Engine
from app.domain.tariff.account import Account
from app.domain.tariff.away import ModelAway
from app.domain.tariff.panelist import MODEL, Panelist
from app.domain.tariff.rate import Rate, Terms
from app.settings import Settings

if TYPE_CHECKING:
    from app.adapters.engines.llm.crew import Crew

_ENGINES = {"embedded": ("app.adapters.engines.embedded.engine", "EmbeddedEngine", "1")}
_PROMPTS = 2  # of the model engine: raised with every change of what a model is told
_KEPT_PERCENT = {"openai": 100, "anthropic": 125}  # of the input price, for a prefix that is kept


def build(name: str) -> Engine:
    """An engine that needs nobody, ready to react."""
    module, cls, _version = _ENGINES[name]
    engine: Engine = getattr(import_module(module), cls)()
    return engine


class Models:
    """The engines a model plays; its connections, places and breaker are one for the process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._crew: Crew | None = None
        self._lock = threading.Lock()

    def __call__(self, account: Account) -> Engine:
        if self._settings.engine != MODEL:
            raise ModelAway("A model was to play this panel, and this installation has none.")
        return self._made()(account)

    def hang_up(self) -> None:
        """The process stops: nobody is asked any more."""
        if self._crew is not None:
            self._crew.hang_up()

    def _made(self) -> "Crew":
        from app.adapters.engines.llm import crew  # noqa: PLC0415 # the SDKs are large

        with self._lock:
            if self._crew is None:
                self._crew = crew.crew(self._settings, terms(self._settings), self._database)
            return self._crew


def panelist(settings: Settings) -> Panelist:
    """The engines' names and versions, without importing them: the web never seats a panel."""
    played = Panelist(MODEL, version(settings), terms=terms(settings))
    embedded = _ENGINES["embedded"][2]
    return Panelist("embedded", embedded, model=played if settings.engine == MODEL else None)


def version(settings: Settings) -> str:
    """What tells one model from another: each answers differently."""
    parts = (settings.engine_provider, settings.engine_base_url, settings.engine_model)
    told = "\0".join(parts)
    return f"{_PROMPTS}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def terms(settings: Settings) -> Terms:
    """What the settings say of a model's price and the day's money."""
    rate = Rate(
        _micros(settings.engine_input_usd or Decimal(0)),
        _micros(settings.engine_output_usd or Decimal(0)),
        _KEPT_PERCENT[settings.engine_provider],
    )
    return Terms(
        rate,
        _micros(settings.engine_daily_usd),
        _micros(settings.engine_org_daily_usd),
        sold=settings.payment_mode != "off",
    )


def _micros(usd: Decimal) -> int:
    return int(usd * plans.MICROS)
