"""A crew on a fresh database whose model is played by the fake provider."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.adapters import engines
from app.adapters.engines.llm.crew import Crew, crew
from app.adapters.engines.llm.engine import ModelEngine
from app.db import Database
from app.domain.panel.shapes import PanelRequest
from app.domain.tariff.account import Account
from app.settings import Settings
from tests.factories import settings_for
from tests.fake_models.process import FakeModels, fake_models, fake_models_process

__all__ = ["fake_models", "fake_models_process"]

TEXT = (
    "Frobly writes your meeting notes. A study of 212 teams found 3 hours saved a week. "
    "It is the revolutionary way to work. Try it for $9 a month."
)


@dataclass
class Model:
    """A crew, what it waited for, and the provider behind it."""

    crew: Crew
    fake: FakeModels
    settings: Settings
    waits: list[float] = field(default_factory=list)

    def engine(self, organization: str = "org_one", run: str = "run_one") -> ModelEngine:
        return self.crew(Account(organization, run))


def request(detail: str = "standard", content: str = TEXT, **more: Any) -> PanelRequest:
    return PanelRequest(
        **{
            "content_type": "text",
            "content": content,
            "persona_count": 20,
            "detail": detail,
            "seed": 7,
        }
        | more
    )


@pytest.fixture
def make_model(database_url, tmp_path, fake_models) -> Callable[..., Model]:
    made: list[tuple[Database, Crew]] = []

    def make(provider: str = "openai", **more: object) -> Model:
        settings = settings_for(database_url, tmp_path, **fake_models.facts(provider, **more))
        database = Database(database_url)
        waits: list[float] = []
        terms = engines.panelist(settings).model.terms
        ours = crew(settings, terms, database, waits.append, lambda _run: True)
        made.append((database, ours))
        return Model(ours, fake_models, settings, waits)

    yield make
    for database, ours in made:
        ours.hang_up()
        database.dispose()


@pytest.fixture
def model(make_model) -> Model:
    return make_model()
