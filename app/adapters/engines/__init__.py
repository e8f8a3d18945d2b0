"""The engines by name; each is imported when it is first asked for, by workers only."""

from importlib import import_module

from app.domain.ports import Engine
from app.domain.runs.start import Panelist

_ENGINES = {"embedded": ("app.adapters.engines.embedded.engine", "EmbeddedEngine", "1")}


def build(name: str) -> Engine:
    """An engine, ready to react."""
    module, cls, _version = _ENGINES[name]
    engine: Engine = getattr(import_module(module), cls)()
    return engine


def panelist(name: str) -> Panelist:
    """An engine's name and version, without importing it: the web never seats a panel."""
    return Panelist(name, _ENGINES[name][2])
