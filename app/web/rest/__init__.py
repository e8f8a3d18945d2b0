"""The REST twin: every tool as `POST /api/v1/<name>`, its models and refusals the same."""

from collections.abc import Mapping

from app.bootstrap import Services
from app.docs.discovery import openapi
from app.web.desk.gate import ProductGate
from app.web.desk.waits import Waits
from app.web.door.door import Door, Nowhere
from app.web.rest.surface import PATHS, Rest


def doors(services: Services, gate: ProductGate, waits: Waits) -> Mapping[str, Door]:
    """One door for all its paths."""
    return dict.fromkeys(PATHS, Door(gate, Rest(services, waits, gate.noted)))


def beside(services: Services, gate: ProductGate, waits: Waits) -> Mapping[str, Door]:
    """By how they begin, paths among its own that are none."""
    return {f"{openapi.BASE}/": Nowhere(gate, Rest(services, waits, gate.noted))}
