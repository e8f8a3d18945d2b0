"""Every refusal of a tool: its status without MCP, what it means, what mends it, its figures."""

from typing import Any, NamedTuple

from app.domain.runs import pausing


class Refusal(NamedTuple):
    """One code."""

    status: int  # of the REST twin
    meaning: str
    mend: str
    details: tuple[str, ...] = ()
    sometimes: str = ""  # what else is in them, and when


_SEND = "Send the page's text as `markdown`."
_WHICH = "in a comparison `variant`, the refused one's place in `variants`, from 0"

REFUSALS = {
    "invalid_input": Refusal(
        422,
        "Arguments are missing or wrong; every one of them is named.",
        "Mend all of them, then call again.",
        ("fields[].field", "fields[].problem"),
    ),
    "not_enough_tokens": Refusal(
        402,
        "Nothing can pay for this: the balance is too small, and there is no overage: no plan, one "
        "whose payment failed or that is about to end, or a renewal that is still being paid.",
        "Open one of the pages in `details`, or test with fewer people or less detail. The tokens "
        "of a test key come anew at midnight UTC.",
        ("needed_tokens", "missing_tokens"),
        "`owed_tokens` instead where tokens of a refunded payment were spent; "
        "where tokens are sold and the key is a live one, `topup_packs[]`; "
        "once the organization is claimed, `checkout_urls` and `billing_url` too; "
        "none of these pages for an app or a key that may not offer to buy tokens",
    ),
    "spend_cap_reached": Refusal(
        402,
        "A cap stopped it; `details.limit` says whose: organization, key or app.",
        "Ask an owner to raise it, or buy a pack where the cap is the organization's.",
        ("limit", "needed_tokens", "missing_tokens"),
        "`limit_tokens` and `raise_limit_url` where it is the key's or the app's; "
        "the pages of `not_enough_tokens` where it is the organization's",
    ),
    "insufficient_scope": Refusal(
        403,
        "The key has `mcp:read`, and this tool needs `mcp`.",
        "Use another key. An app is sent a challenge instead and asks for the scope by itself.",
    ),
    "not_found": Refusal(
        404,
        "The handle is foreign, unknown or malformed; or it was made with a test key and is asked "
        "for with a live one, or the other way round. Or the run's text and reactions were "
        "deleted, by a person or by retention; or nothing is sold here.",
        "List what there is with `polis_runs`; use a key of the kind that made the run. What was "
        "deleted does not come back: test again.",
    ),
    "conflict": Refusal(
        409,
        "The idempotency key was used for another request; the thread is full, or belongs to "
        "another run or target; or `polis_topup` may not sell this: to a test key, to an "
        "organization nobody has confirmed an address for, or more than the first days allow.",
        "Use a new idempotency key for a new request; leave `thread_id` out to open a thread; for "
        "`polis_topup` do what `hint` says.",
    ),
    "not_ready": Refusal(
        409,
        "The run has no report yet, or the thread's last question is pending.",
        "Poll `polis_status` or `polis_thread`, then repeat. A run that failed or was cancelled "
        "never has a report: start a new one.",
    ),
    "url_blocked": Refusal(
        422,
        "An address that is never fetched: not http or https, not public, or an unusual port.",
        _SEND,
        (),
        _WHICH,
    ),
    "url_unreachable": Refusal(
        422,
        "The page's name is not known, or could not be looked up in time.",
        "Check the address, or send its text as `markdown`.",
        ("reason",),
        _WHICH,
    ),
    "payments_unavailable": Refusal(
        503,
        "The payment provider did not answer, or is not set up. Nothing was bought.",
        "Call `polis_topup` again with the same `idempotency_key`.",
    ),
    "rate_limited": Refusal(
        429,
        "Too many requests, or the organization's runs are paused: "
        f"{pausing.FAILURES} failed within an hour after people had reacted.",
        "Wait as long as `details.retry_after_s` says; where the answer's status is 429, the "
        "header `Retry-After` says the same.",
        ("retry_after_s",),
        "`limit`, which of the limits it was, unless runs are paused",
    ),
    "engine_unavailable": Refusal(
        503,
        "The model that plays panels here costs more than this earns, or the day's money for it "
        "does not cover this. Nothing was held. Or a model played the panel you ask, and none "
        "plays for you any more: run the test again, then ask.",
        "Test with fewer people or another detail, or repeat it tomorrow: `details.retry_after_s`, "
        "where it is there, says in how long.",
        (),
        "`retry_after_s` where it was the day's money",
    ),
    "visual_unavailable": Refusal(
        503,
        "`url_mode` `visual`: there is no browser to look with, or the key is a test key.",
        "Use `url_mode` `copy`.",
    ),
}


def facts() -> dict[str, Any]:
    """Every code, in the order of the page."""
    return {"refusals": REFUSALS}
