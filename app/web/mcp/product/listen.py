"""`subscriptions/listen`: the state of tasks as it changes."""

import json
from collections.abc import Generator

from app.bootstrap import Services
from app.domain import living
from app.domain.waiting import LONGEST
from app.errors import NotFound
from app.tools.base import Call
from app.web.desk.desk import Desk
from app.web.desk.waits import Waits
from app.web.mcp.methods import outcomes
from app.web.mcp.product.tasks import task_of
from app.web.mcp.server import Changes, Context, Json, Task

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
        distinct = list(dict.fromkeys(asked))[:MOST_TASKS]
        mine = [task_id for task_id in distinct if _seen(desk, task_id) is not None]
        honoured: Json = {"taskIds": mine} if mine else {}
        return honoured, self._changes(context, desk, mine)

    def _changes(self, context: Context, desk: Desk, task_ids: list[str]) -> Changes:
        """Every new state of every task until all are over, the time is up or the caller ended."""
        longest = LONGEST.total_seconds() - 5
        with self._waits.place(desk.caller, longest) as granted:
            if not granted:
                return
            known: dict[str, Json] = {}
            for _ in self._waits.looks(longest):
                open_ = [id_ for id_ in task_ids if known.get(id_, _OPEN)["status"] == "working"]
                if not open_ or not desk.within(_lets_in):
                    return
                yield from _news(context, desk, open_, known)


def _news(
    context: Context, desk: Desk, task_ids: list[str], known: dict[str, Json]
) -> Generator[Json | None]:
    for task_id in task_ids:
        task = _seen(desk, task_id)
        if task is not None and task.fields != known.get(task_id):
            known[task_id] = task.fields
            yield {"method": "notifications/tasks", "params": _whole(task, context)}
    yield None


def _lets_in(call: Call) -> bool:
    """A stream outlives its request, and must not outlive the right to it."""
    return living.lives(call.session, call.caller.credential_id, call.now)


def _whole(task: Task, context: Context) -> Json:
    """The task as `tasks/get` tells it, its result with it."""
    members: Json = json.loads(f"{{{outcomes.task_members(task, context.revision)}}}")
    return members


def _seen(desk: Desk, task_id: str) -> Task | None:
    try:
        return task_of(desk, task_id)
    except NotFound:
        return None


_OPEN: Json = {"status": "working"}
