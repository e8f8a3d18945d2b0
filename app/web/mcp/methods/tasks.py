"""Tasks: how calls that outlive their answer are followed, fed and stopped."""

from app.web.mcp.answers import Answer, Result
from app.web.mcp.capabilities import require_tasks
from app.web.mcp.methods import outcomes, parameters
from app.web.mcp.rpc import Call
from app.web.mcp.server import Context, Tasks


def get(tasks: Tasks, context: Context, call: Call) -> Answer:
    """Tell how a task stands."""
    task = tasks.get(context, _task_id(context, call))
    return Result(outcomes.task_members(task, context.revision))


def update(tasks: Tasks, context: Context, call: Call) -> Answer:
    """Hand a task the input it asked for."""
    task_id = _task_id(context, call)
    tasks.update(context, task_id, parameters.mapping(call.params, "inputResponses"))
    return Result()


def cancel(tasks: Tasks, context: Context, call: Call) -> Answer:
    """Ask a task to stop."""
    tasks.cancel(context, _task_id(context, call))
    return Result()


def _task_id(context: Context, call: Call) -> str:
    require_tasks(context.client_capabilities)
    return parameters.text(call.params, "taskId")
