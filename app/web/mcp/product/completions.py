"""How arguments of prompts and resource templates may go on."""

from app.bootstrap import Services
from app.domain import plans
from app.domain.runs import find
from app.kit import ids
from app.web.desk.desk import Desk
from app.web.mcp.server import Completion, Context, Json

_FIXED = {
    "content_type": ("text", "tweet", "linkedin", "markdown"),
    "detail": plans.DETAILS,
    "audience": (
        "developers who build with AI agents",
        "founders of small software companies",
        "marketing leads at mid-size firms",
        "people who have never heard of us",
        "engineers at large companies",
        "readers of a general newspaper",
        "customers who bought once",
        "parents with little time",
        "students on a budget",
    ),
}
_MOST = 50


class ProductCompletions:
    """Suggests; it never insists, and knows nothing of what it does not know."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def complete(self, context: Context, ref: Json, argument: Json, _known: Json) -> Completion:
        """Values that hold what was typed; for a report's template, the caller's own runs."""
        name, typed = str(argument.get("name", "")), str(argument.get("value", ""))
        if ref.get("type") == "ref/resource":
            return self._runs(context, typed) if name == "run_id" else Completion()
        values = [value for value in _FIXED.get(name, ()) if typed.lower() in value.lower()]
        return Completion(values, len(values))

    def _runs(self, context: Context, typed: str) -> Completion:
        """Runs whose ids begin as typed, the newest first, however many came after them."""
        before = ids.after("run", typed)
        if before is None and not "run_".startswith(typed):
            return Completion()
        desk = Desk(self._services, context.caller, context.request_id)
        rows = desk.within(
            lambda call: find.page(
                call.session, call.caller, before=before, status="complete", limit=_MOST
            )
        )
        begun = [row.run.id for row in rows[:_MOST] if row.run.id.startswith(typed)]
        return Completion(begun)
