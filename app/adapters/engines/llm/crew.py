"""What all panels of one process share: the line to the model, made when first needed."""

from importlib import import_module

from app.adapters.engines import version
from app.adapters.engines.llm.calling.breaker import Breaker
from app.adapters.engines.llm.calling.call import Model
from app.adapters.engines.llm.calling.ladder import Ladder
from app.adapters.engines.llm.calling.line import Line, Wait
from app.adapters.engines.llm.calling.places import Places
from app.adapters.engines.llm.calling.purse import Purse
from app.adapters.engines.llm.engine import ModelEngine, Player
from app.adapters.engines.llm.kept import Kept
from app.adapters.engines.llm.panel import Wanted
from app.db import Database
from app.domain.runs import progress, turns
from app.domain.tariff.account import Account
from app.domain.tariff.rate import Terms
from app.settings import Settings
from app.settings.model_api import own_server

_PLACES, _PLACES_OF_ONES_OWN = 8, 2
_IN_A_ROW = 10
_MODELS = {  # only one of the SDKs is ever loaded
    "openai": ("openai_model", "OpenAiModel"),
    "anthropic": ("anthropic_model", "AnthropicModel"),
}


class Crew(Player):
    """A model with its line, made once a process: gives the engine for each piece of work."""

    __slots__ = ()

    def __call__(self, account: Account) -> ModelEngine:
        """The engine for one piece of somebody's work."""
        return ModelEngine(self, account)

    def hang_up(self) -> None:
        """The process stops."""
        self.line.hang_up()


def crew(
    settings: Settings,
    terms: Terms,
    database: Database,
    wait: Wait | None = None,
    wanted: Wanted | None = None,
) -> Crew:
    """The model that the settings name."""

    def going_on(work_id: str) -> bool:
        with database.reading() as session:
            return progress.wanted(session, work_id) or turns.wanted(session, work_id)

    ladder, purse = Ladder(_model(settings)), Purse(database, terms)
    places = Places(_most(settings))
    breaker = Breaker(after=max(_IN_A_ROW, 2 * places.most))  # one bad moment is all calls' at once
    line = Line(ladder, places, breaker, purse, wait)
    name, told = settings.engine_model, version(settings)
    return Crew(line, terms, name, told, Kept(), wanted or going_on)


def _model(settings: Settings) -> Model:
    module, cls = _MODELS[settings.engine_provider]
    made: Model = getattr(import_module(f"{__package__}.calling.{module}"), cls)(settings)
    return made


def _most(settings: Settings) -> int:
    own = own_server(settings.engine_base_url)
    return settings.engine_concurrency or (_PLACES_OF_ONES_OWN if own else _PLACES)
