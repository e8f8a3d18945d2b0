"""What Polis counts: every meter, its labels and what it says, in one list.

A label is never an id, an address or anything a stranger writes: route patterns, status classes,
tools, kinds and codes of our own.
"""

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from app.kit import logs
from app.kit.machine import Machine
from app.kit.tally import Tally

_log = logs.logger("metrics")


class _Kept:
    """Where this process counts: in memory until it joins the others of its machine."""

    tally = Tally()


class Counter:
    """A number that only rises, one for each combination of its labels."""

    kind = "counter"

    def __init__(self, name: str, says: str, *labels: str) -> None:
        self.name, self.says, self.labels = name, says, labels

    def add(self, *values: str, amount: float = 1.0) -> None:
        """Count something that happened."""
        _Kept.tally.add((self.name, *values), 1, (0, amount))


class Histogram:
    """How long something took, in buckets, one row of them for each combination of its labels."""

    kind = "histogram"

    def __init__(self, name: str, says: str, *labels: str, bounds: Sequence[float]) -> None:
        self.name, self.says, self.labels = name, says, labels
        self.bounds = tuple(bounds)

    def observe(self, seconds: float, *values: str) -> None:
        """Count one that took so long: its bucket rises by one, and the sum, which comes last."""
        width = len(self.bounds) + 2
        place = bisect_left(self.bounds, seconds)
        _Kept.tally.add((self.name, *values), width, (place, 1.0), (width - 1, seconds))


class Gauge:
    """A number as it is at the moment of asking."""

    kind = "gauge"

    def __init__(self, name: str, says: str, *labels: str) -> None:
        self.name, self.says, self.labels = name, says, labels


Meter = Counter | Histogram | Gauge


def join(instance: Path, kind: str) -> None:
    """Count from now on where the other processes of this machine can read it."""
    try:
        _Kept.tally = Machine(instance).join(kind)
    except OSError as error:  # no room: nobody is refused for want of figures
        _Kept.tally = Tally()  # the one of before is shared with whoever we were forked from
        _log.warning("metrics.not_shared", exc_info=error)
    for meter, values in RARE:
        meter.add(*values, amount=0)


def own() -> Tally:
    """What this process counts."""
    return _Kept.tally


HTTP = Histogram(
    "polis_http_request_seconds", "Time until an answer began.", "route", "method", "status",
    bounds=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)  # fmt: skip
TOOL_CALLS = Counter(
    "polis_tool_calls_total", "Calls of tools: ok, or the code of the refusal.", "tool", "outcome"
)
REFUSALS = Counter(
    "polis_refusals_total", "Refusals of pages, of the MCP and REST doors, by code.", "code"
)
THROTTLED = Counter("polis_throttled_total", "Refusals for want of patience (429).", "limit")
RUNS_STARTED = Counter("polis_runs_started_total", "Runs started.", "book", "detail")
RUNS_ENDED = Counter(
    "polis_runs_ended_total", "Runs ended: complete, failed or cancelled.", "book", "status"
)
RUNS_REFUNDED = Counter(
    "polis_runs_refunded_total", "Runs of whose tokens some or all came back.", "book"
)
RUN_SECONDS = Histogram(
    "polis_run_seconds", "Time from the start of a run to its report.", "detail",
    bounds=(0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900),
)  # fmt: skip
TOKENS_CHARGED = Counter("polis_tokens_charged_total", "Tokens charged.", "book")
WORK_DONE = Counter("polis_work_done_total", "Work done by workers.", "kind")
WORK_FAILED = Counter("polis_work_failed_total", "Attempts at work that failed.", "kind")
WORK_GIVEN_UP = Counter("polis_work_given_up_total", "Work given up after all attempts.", "kind")
WORK_SECONDS = Histogram(
    "polis_work_seconds", "Time one attempt at work took.", "kind",
    bounds=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)  # fmt: skip
LEASES_LOST = Counter(
    "polis_leases_lost_total", "Work somebody else had taken before it was ended.", "kind"
)
OAUTH_TOKENS = Counter("polis_oauth_tokens_total", "Answers with tokens.", "grant_type")
OAUTH_REFUSALS = Counter(
    "polis_oauth_refusals_total", "Refusals of the token endpoint.", "grant_type", "error"
)
NOTICES = Counter(
    "polis_payment_notices_total", "Notices of the payment provider: taken or refused.", "outcome"
)
WEBHOOKS = Counter(
    "polis_webhook_attempts_total", "Webhooks sent: the class of the answer, or none.", "outcome"
)
MAILS = Counter("polis_mails_total", "Mails: sent or failed.", "outcome")
MODEL_CALLS = Counter(
    "polis_model_calls_total", "Calls of the model: answered, failed or refused.", "outcome"
)
MODEL_SPENT = Counter("polis_model_spent_micros_total", "What the model cost, in millionths of $.")
MODEL_AWAY = Counter(
    "polis_model_away_total", "How often the provider was given up for a while: the breaker opened."
)
FETCHES_REFUSED = Counter(
    "polis_fetches_refused_total", "Addresses of others that were not fetched.", "because"
)
HELPFUL = Counter(
    "polis_docs_helpful_total", "Answers to whether a page of the docs helped.", "page", "answer"
)
DATABASE_AWAY = Counter("polis_database_away_total", "Times the database could not be used.")

# What is seldom: told as 0 from the start, for a rise from nothing at all is none to Prometheus.
RARE = (
    *((MAILS, (outcome,)) for outcome in ("sent", "failed")),
    *((NOTICES, (outcome,)) for outcome in ("taken", "refused")),
    *((MODEL_CALLS, (outcome,)) for outcome in ("answered", "failed", "refused")),
    *((RUNS_REFUNDED, (book,)) for book in ("live", "test")),
    *(
        (RUNS_ENDED, (book, status))
        for book in ("live", "test")
        for status in ("complete", "failed", "cancelled")
    ),
)

BUILD = Gauge("polis_build_info", "The version that runs; always 1.", "version")
PROCESSES = Gauge("polis_processes", "Processes of this machine that count.", "kind")
DISK_FREE = Gauge("polis_disk_free_bytes", "Room where the instance folder is.")
BACKUP_MADE = Gauge(
    "polis_backup_made_timestamp_seconds", "When polis backup last wrote one here; 0: never."
)
DATABASE_UP = Gauge("polis_database_up", "1 where the database answered just now.")
WORK_OPEN = Gauge("polis_work_open", "Work that has not ended.", "kind")
WORK_WAITS = Gauge("polis_work_oldest_due_seconds", "How long the oldest due work waits.", "kind")
WORKERS = Gauge("polis_workers", "Worker processes heard of within a minute, everywhere.")
BEAT_AGE = Gauge("polis_worker_heard_seconds", "Time since any worker was heard of.")
HELD = Gauge("polis_tokens_held", "Tokens held for what has not ended.", "book")
MODEL_TODAY = Gauge(
    "polis_model_spent_today_micros", "What the model costs today, reserved calls too."
)
MODEL_BUDGET = Gauge("polis_model_budget_micros", "What it may cost in a day.")

METERS: tuple[Meter, ...] = tuple(
    each for each in list(globals().values()) if isinstance(each, Counter | Histogram | Gauge)
)
BY_NAME = {meter.name: meter for meter in METERS}
