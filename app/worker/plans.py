"""Plans of the runs this process works on: made once a run instead of once a batch."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from app.bootstrap import Services
from app.domain.panel.shapes import PanelRequest

_KEPT = 8
_plans: OrderedDict[str, Any] = OrderedDict()
_lock = Lock()


def plan_of(services: Services, run_id: str, request: PanelRequest) -> Any:
    """The plan of a run; pure, so that a forgotten one is simply made again."""
    with _lock:
        if run_id in _plans:
            _plans.move_to_end(run_id)
            return _plans[run_id]
    plan = services.engine().plan(request)
    with _lock:
        _plans[run_id] = plan
        while len(_plans) > _KEPT:
            _plans.popitem(last=False)
    return plan
