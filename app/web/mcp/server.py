"""What the wire serves: one implementation and its families of methods, in no product's words."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

Json = dict[str, Any]
TASKS_EXTENSION = "io.modelcontextprotocol/tasks"


class RawJson(str):
    """A value already serialised: spliced into the answer as it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Implementation:
    """Who answers; older revisions are told only the members they know."""

    name: str
    version: str
    title: str = ""
    description: str = ""
    website_url: str = ""
    icons: Sequence[Json] = ()


class Context(NamedTuple):
    """One request as the families see it: who asks, in which revision, and what came along."""

    caller: Any
    revision: str
    modern: bool
    request_id: str
    closed: Callable[[], bool]
    meta: Mapping[str, Any]
    client_capabilities: Mapping[str, Any]
    client_info: Mapping[str, Any] | None
    progress_token: str | int | None
    input_responses: Mapping[str, Any]
    request_state: str | None
    wants_task: bool
    can_stream: bool
    can_wait: bool = True
    """Never in a batch: fifty waits one after the other would hold a thread for twenty minutes."""


class ToolResult(NamedTuple):
    """A tool's answer; without `content` its one text block is the structured answer's JSON."""

    structured: object | RawJson | None = None
    content: Sequence[Json] | None = None
    is_error: bool = False
    meta: Json | None = None


@dataclass(frozen=True, slots=True)
class InputRequired:
    """2026-07-28: the client must answer these requests and repeat the call with the state."""

    requests: Mapping[str, Json] = field(default_factory=dict)
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A task's fields (`taskId`, `status`, …) and, by status, result, error or open requests."""

    fields: Json
    result: ToolResult | None = None
    error: Json | None = None
    input_requests: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class TaskHandle:
    """The call goes on as this task; only for a context that `wants_task`."""

    task: Task


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the call is; told under the caller's progress token, and only while it rises."""

    progress: float
    total: float | None = None
    message: str = ""


Outcome = ToolResult | InputRequired | TaskHandle
Notice = Progress | Json | None
"""Progress, a whole JSON-RPC message, or None: nothing new, due at least every 5 seconds."""
Streamed = Generator[Notice, None, Outcome]
Changes = Generator[Json | None, None, None]
"""Either may be dropped before its first step: what it must give back, its own body takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """One page of a list; keep the object between requests and it is serialised once a revision."""

    items: Sequence[Json]
    ttl_ms: int
    cache_scope: Literal["public", "private"]
    next_cursor: str | None = None
    rendered: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """The contents of one resource."""

    contents: Sequence[Json]
    ttl_ms: int
    cache_scope: Literal["public", "private"]


@dataclass(frozen=True, slots=True)
class PromptText:
    """A prompt filled in."""

    messages: Sequence[Json]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What an argument's value may go on as; at most 100 values are told."""

    values: Sequence[str] = ()
    total: int | None = None


class Tools(Protocol):
    """Tool dicts are complete; the envelopes take away what a revision does not know."""

    def list(self, context: Context, cursor: str | None) -> Listing:
        """List what this caller may see, always in the same order; else UnknownCursor."""

    def call(self, context: Context, name: str, arguments: Json) -> Outcome | Streamed:
        """Return the outcome, or a generator of notices that returns it; else UnknownTool."""

    def streams(self, context: Context, name: str, arguments: Json) -> bool:
        """Say whether this call is told over SSE: never without a `progress_token`."""


class Resources(Protocol):
    """What can be read by URI."""

    def list(self, context: Context, cursor: str | None) -> Listing:
        """List the resources of this caller; else UnknownCursor."""

    def templates(self, context: Context, cursor: str | None) -> Listing:
        """List the resource templates; else UnknownCursor."""

    def read(self, context: Context, uri: str) -> Reading:
        """Return the contents; else UnknownResource."""


class Prompts(Protocol):
    """What a user may start from."""

    def list(self, context: Context, cursor: str | None) -> Listing:
        """List the prompts; else UnknownCursor."""

    def get(
        self, context: Context, name: str, arguments: Mapping[str, str]
    ) -> PromptText | InputRequired:
        """Fill the prompt in; else UnknownPrompt or InvalidParams."""


class Completions(Protocol):
    """How an argument of a prompt or a resource template may go on."""

    def complete(self, context: Context, ref: Json, argument: Json, known: Json) -> Completion:
        """Suggest values for `argument` given the `known` others; none for what is unknown."""


class Tasks(Protocol):
    """2026-07-28: calls that outlive their answer. A task id is a name, never a right."""

    def get(self, context: Context, task_id: str) -> Task:
        """Return the task as it stands; else UnknownTask."""

    def update(self, context: Context, task_id: str, responses: Mapping[str, Json]) -> None:
        """Take answers to open requests, ignoring unknown and answered keys; else UnknownTask."""

    def cancel(self, context: Context, task_id: str) -> None:
        """Ask it to stop, also when it already has; else UnknownTask."""


class Listen(Protocol):
    """2026-07-28: the notifications a client may subscribe to."""

    kinds: frozenset[str]
    """Of toolsListChanged, promptsListChanged, resourcesListChanged, resourceSubscriptions."""

    def open(self, context: Context, wanted: Json) -> tuple[Json, Changes]:
        """Return the honoured subset and its notifications; None at least every 5 seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Everything one endpoint serves; an absent family is an absent capability."""

    implementation: Implementation
    instructions: str = ""
    tools: Tools | None = None
    resources: Resources | None = None
    prompts: Prompts | None = None
    completions: Completions | None = None
    tasks: Tasks | None = None
    listen: Listen | None = None
    extensions: Mapping[str, Json] = field(default_factory=dict)
    discover_ttl_ms: int = 3_600_000
    mirrored: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Tool → `Mcp-Param-…` header → path of the argument it repeats."""
    greeted: Callable[[Context], None] | None = None
    """Told of each legacy `initialize`: client_info and client_capabilities are set."""
    answered: Callable[[Any, Json], None] | None = None
    """Given a legacy client's JSON-RPC response and its caller."""
    legacy_methods: Mapping[str, Callable[[Context, Json], Json]] = field(default_factory=dict)
    """Methods of the handshake era beyond the families, with their capabilities below."""
    legacy_capabilities: Mapping[str, Json] = field(default_factory=dict)
