"""Every HTTP status of the endpoint and the REST twin: its code, what it means, what mends it."""

from typing import Literal, NamedTuple

from app.domain.runs import pausing


class Status(NamedTuple):
    """One status; where the code is the refusal's own there is none here."""

    code: str
    meaning: str
    hint: str
    shape: Literal["Request", "Refusal"] = "Request"  # what is refused
    others: tuple[str, ...] = ()  # codes that say more than the status does


STATUSES = {
    400: Status(
        "bad_request",
        "The body is not JSON that can be read; over MCP, not a JSON-RPC message.",
        "Send one JSON object in UTF-8, nested at most 100 deep.",
    ),
    401: Status(
        "unauthorized",
        "No credential, or none that is good. `WWW-Authenticate` says why and where to get one.",
        "Send Authorization: Bearer with an API key or an access token.",
    ),
    402: Status(
        "",
        "`not_enough_tokens` or `spend_cap_reached`, with what mends it.",
        "Open one of the pages in details.",
        "Refusal",
    ),
    403: Status(
        "forbidden",
        "A scope that does not reach, an organization that is suspended or being deleted, "
        "or a web page not allowed here.",
        "Ask for a credential with the scope it needs.",
        others=("insufficient_scope", "suspended", "being_deleted"),
    ),
    404: Status(
        "not_found",
        "The handle is foreign, unknown or malformed. Unknown paths under `/api/` answer the same.",
        "Every path there is stands in `/openapi.json`.",
        "Refusal",
    ),
    405: Status(
        "method_not_allowed",
        "Anything but POST; `Allow` says so.",
        "Every tool is called with POST.",
    ),
    409: Status(
        "",
        "`conflict` or `not_ready`.",
        "Read the code of the refusal.",
        "Refusal",
    ),
    413: Status(
        "content_too_large",
        "The body is larger than 1 MiB.",
        "A body may have 1 MiB.",
    ),
    415: Status(
        "unsupported_media_type",
        "`Content-Type` is not `application/json`.",
        "Send Content-Type: application/json.",
    ),
    421: Status(
        "misdirected_request",
        "The request names a host that is not this installation's.",
        "Send the request to the address of the installation.",
    ),
    422: Status(
        "",
        "`invalid_input`, which names every bad field, or an address that cannot be tested.",
        "Mend every field that is named.",
        "Refusal",
    ),
    429: Status(
        "rate_limited",
        f"Too many messages, or runs paused after {pausing.FAILURES} failed within an hour; "
        "`Retry-After` says how long.",
        "Wait as long as Retry-After says.",
    ),
    500: Status(
        "internal_error",
        "Something broke on our side. Quote the request id.",
        "Try again; if it stays, write to us with the request id.",
    ),
    503: Status(
        "service_unavailable",
        "The database is away for a moment, `Retry-After` says how long; "
        "or `payments_unavailable`, `engine_unavailable` or `visual_unavailable`.",
        "Try again in a moment.",
        others=("unavailable",),
    ),
}
