"""What is told to OpenTelemetry and Sentry: places, classes and ids of ours, nothing that was sent."""

import json
import subprocess
import sys

import pytest
import sentry_sdk
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sentry_sdk.transport import Transport

from app.adapters.telling import sentry
from app.adapters.telling.spans import Spans
from app.kit import logs, secrets, tracing
from app.web import create_app
from tests.factories import settings_for
from tests.house.source import ROOT
from tests.tools.agent import Agent
from tests.tools.installation import HELLO, polis, standing

__all__ = ["polis", "standing"]

HERE = {"Host": "127.0.0.1:8000"}
SECRET = secrets.mint("polis_at_")
CANARIES = ("canary-in-the-query", "canary-in-the-body", "canary-in-a-cookie", "canary-in-a-local")


class Kept(Transport):
    """Keeps every envelope instead of sending it."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []

    def capture_envelope(self, envelope) -> None:
        self.sent.append(envelope.serialize())


@pytest.fixture
def told(tmp_path):
    """What would go to Sentry."""
    transport = Kept()
    dsn = "https://public@sentry.example/1"
    settings = settings_for("", tmp_path, sentry_dsn=dsn)
    logs.report_to(sentry.reporter(settings, "web", "1.2.3", transport))
    yield transport.sent
    logs.report_to(None)
    sentry_sdk.get_client().close()
    sentry_sdk.init()


@pytest.fixture
def spans():
    """The spans that are made, as OpenTelemetry keeps them."""
    exporter = InMemorySpanExporter()
    tracing.begin(Spans(SimpleSpanProcessor(exporter), "web", "1.2.3"))
    yield exporter.get_finished_spans
    tracing.begin(None)


def test_s19_sentry_is_told_the_error_and_nothing_anybody_sent(polis, told, monkeypatch):
    monkeypatch.setitem(polis.app.view_functions, "health.healthz", broken)
    http = polis.app.test_client()
    http.set_cookie("session", CANARIES[2])
    headers = {"Authorization": f"Bearer {SECRET}", **HERE}
    answer = http.get(f"/healthz?q={CANARIES[0]}", data=CANARIES[1], headers=headers)
    assert answer.status_code == 500
    (envelope,) = told
    assert [each for each in (*CANARIES, SECRET) if each.encode() in envelope] == []
    event = json.loads(envelope.splitlines()[2])
    (error,) = event["exception"]["values"]
    assert (error["type"], error["value"]) == ("ValueError", "It was polis_at_[redacted]")
    assert error["stacktrace"]["frames"][-1]["function"] == "broken"
    assert event["tags"]["request_id"] == answer.headers["X-Request-Id"]
    assert event.keys() <= {"exception", "contexts", "sdk", *sentry._TOLD}


def test_sentry_is_told_no_refusal(polis, told):
    assert polis.app.test_client().get("/nowhere", headers=HERE).status_code == 404
    assert told == []


def test_a_request_and_its_tool_are_spans_named_by_pattern_and_tool(polis, spans):
    app = create_app(polis.services)
    agent = polis.agent()
    http = Agent(app, agent.who)
    http.call("polis_test", **HELLO)
    for path in ("/docs/errors?q=canary", "/canary", "/app/runs/canary", "/mcp/canary"):
        app.test_client().get(path, headers=HERE)
    made = {span.name: span for span in spans()}
    assert {"POST /api/mcp", "tool polis_test", "GET (none)"} <= made.keys()
    root, tool = made["POST /api/mcp"], made["tool polis_test"]
    assert tool.parent.span_id == root.context.span_id
    assert root.parent is None
    assert root.attributes["http.response.status_code"] == 200
    assert "canary" not in repr([span.to_json() for span in spans()])


def test_what_a_worker_does_is_in_the_trace_of_the_request_that_caused_it(polis, spans):
    app = create_app(polis.services)
    Agent(app, polis.agent().who).call("polis_test", **HELLO)
    polis.work_off()
    made = {span.name: span for span in spans()}
    root, work = made["POST /api/mcp"], made["work react_batch"]
    assert work.context.trace_id == root.context.trace_id
    assert work.parent.span_id == root.context.span_id
    assert work.attributes["polis.request_id"] == root.attributes["polis.request_id"]


def test_a_failure_is_told_by_its_class_alone(spans):
    with pytest.raises(ValueError, match="canary"), tracing.job("send_mail", "req_1"):
        raise ValueError(CANARIES[3])
    (span,) = spans()
    assert span.status.description == "ValueError"
    assert span.events == ()
    assert "canary" not in span.to_json()


def test_two_requests_are_two_traces(spans):
    its = tracing.begun()
    for request_id in ("req_1", "req_2", "req_1"):
        with its.request(request_id):
            pass
    ids = [span.context.trace_id for span in spans()]
    assert len(set(ids)) == 2
    assert ids[0] == ids[2]


@pytest.mark.parametrize("command", ["worker", "serve"])
@pytest.mark.parametrize(
    ("setting", "value", "library", "sentence"),
    [
        ("POLIS_OTEL", "on", "opentelemetry", "requirements/otel.txt"),
        (
            "POLIS_SENTRY_DSN",
            "https://public@sentry.example/1",
            "sentry_sdk",
            "requirements/sentry.txt",
        ),
    ],
)
def test_a_library_that_is_missing_stops_the_start_with_what_to_install(
    setting, value, library, sentence, command, tmp_path
):
    code = (
        f"import sys; sys.modules[{library!r}] = None\n"
        f"from app.cli import main; sys.argv = ['polis', {command!r}]; main()"
    )
    environment = {
        "PATH": "/usr/bin:/bin", "POLIS_ENV": "development", setting: value,
        "POLIS_INSTANCE_DIR": str(tmp_path),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"polis: {setting}")
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def broken():
    local = CANARIES[3]
    raise ValueError(f"It was {SECRET}.{local[:0]}")
