"""`subscriptions/listen`: the state of tasks as it changes."""

from collections.abc import Generator

from app.bootstrap import Services
from app.domain.waiting import LONGEST
from app.errors import NotFound
from app.web.mcp.product.calls import Desk
from app.web.mcp.product.tasks import task_of
from app.web.mcp.product.waits import Waits
from app.web.mcp.server import Changes, Context, Json

MOST_TASKS = 10


class ProductListen:
    """Tells a client of its tasks; nothing else of ours changes by itself."""

    kinds: frozenset[str] = frozenset()

    def __init__(self, services: Services, waits: Waits) -> None:
        self._services = services
        self._waits = waits

    def open(self, context: Context, wanted: Json) -> tuple[Json, Changes]:
        """The tasks of this caller among the wanted ones, and their changes."""
        desk = Desk(self._services, context.caller, context.request_id)
        wishes = wanted.get("taskIds")
        asked = [id_ for id_ in wishes if isinstance(id_, str)] if isinstance(wishes, list) else []
        mine = [task_id for task_id in asked[:MOST_TASKS] if _seen(desk, task_id) is not None]
        honoured: Json = {"taskIds": mine} if mine else {}
        return honoured, self._changes(desk, mine)

    def _changes(self, desk: Desk, task_ids: list[str]) -> Changes:
        """Every new state of every task until all are over or the stream's time is up."""
        with self._waits.place(desk.caller) as granted:
            if not granted:
                return
            known: dict[str, Json] = {}
            for _ in self._waits.looks(LONGEST.total_seconds() - 5):
                yield from _news(desk, task_ids, known)
                if all(fields["status"] != "working" for fields in known.values()):
                    return


def _news(desk: Desk, task_ids: list[str], known: dict[str, Json]) -> Generator[Json | None]:
    news = False
    for task_id in task_ids:
        fields = _seen(desk, task_id)
        if fields is not None and fields != known.get(task_id):
            known[task_id] = fields
            news = True
            yield {"method": "notifications/tasks", "params": fields}
    if not news:
        yield None


def _seen(desk: Desk, task_id: str) -> Json | None:
    try:
        return task_of(desk, task_id).fields
    except NotFound:
        return None
