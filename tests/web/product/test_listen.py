"""`subscriptions/listen`: tasks are told as they change, and nobody else's are."""

import pytest

from app.domain import keys, suspending
from app.domain.deletion import UNDO
from app.kit import clock
from app.models.accounts import Organization
from tests.factories import Member
from tests.tools.agent import TASKS, Agent, Json, events
from tests.tools.installation import HELLO, Installation

MARK = "io.modelcontextprotocol/subscriptionId"


@pytest.fixture
def agent(polis: Installation) -> Agent:
    return polis.agent()


def _listen(agent: Agent, notifications: Json, capabilities: Json | None = TASKS):
    params = {"notifications": notifications}
    answer = agent.ask_modern("subscriptions/listen", params, capabilities)
    assert answer.headers["Content-Type"] == "text/event-stream", answer.text
    return answer.response


def _rest(parts) -> list[Json]:
    return [message for part in parts for message in events(part)]


def _next(parts) -> Json:
    while True:
        if messages := events(next(parts)):
            (message,) = messages
            return message


def test_a_task_is_told_whole_at_first_and_at_its_end(polis, agent):
    task_id = agent.call("polis_test", **HELLO)["run_id"]
    parts = _listen(agent, {"taskIds": [task_id]})
    acknowledged = _next(parts)
    assert acknowledged["method"] == "notifications/subscriptions/acknowledged"
    assert acknowledged["params"] == {"notifications": {"taskIds": [task_id]}, "_meta": {MARK: 1}}
    first = _next(parts)
    assert (first["method"], first["params"]["status"]) == ("notifications/tasks", "working")
    polis.work_off()
    last, result = _rest(parts)
    assert (last["params"]["taskId"], last["params"]["status"]) == (task_id, "completed")
    assert last["params"]["result"]["structuredContent"]["status"] == "complete"
    assert all(message["params"]["_meta"] == {MARK: 1} for message in (first, last))
    assert (result["id"], result["result"]["_meta"][MARK]) == (1, 1)


def test_several_tasks_are_heard_until_the_last_is_over(polis, agent):
    handles = [agent.call("polis_test", **HELLO)["run_id"] for _ in range(2)]
    parts = _listen(agent, {"taskIds": handles})
    told = [_next(parts) for _ in range(3)]
    agent.call("polis_cancel", run_id=handles[0])
    told.append(_next(parts))
    assert (told[-1]["params"]["taskId"], told[-1]["params"]["status"]) == (handles[0], "cancelled")
    polis.work_off()
    assert [message["params"]["status"] for message in _rest(parts)[:-1]] == ["completed"]


def test_a_finished_task_ends_the_stream_at_once(polis, agent):
    messages = _rest(_listen(agent, {"taskIds": [polis.complete_run(agent)]}))
    assert len(messages) == 3


@pytest.mark.parametrize(
    "wishes",
    [
        {},
        {"taskIds": []},
        {"taskIds": "run_x"},
        {"taskIds": [1, None, {}, "run_x"]},
        {"toolsListChanged": True, "resourceSubscriptions": ["polis://docs/overview"]},
    ],
)
def test_what_is_not_to_be_heard_of_is_not_honoured(agent, wishes):
    acknowledged, result = _rest(_listen(agent, wishes))
    assert acknowledged["params"]["notifications"] == {}
    assert result["result"]["resultType"] == "complete"


def test_tasks_of_others_are_not_heard_of(polis, agent):
    foreign = polis.agent().call("polis_test", **HELLO)["run_id"]
    acknowledged, _ = _rest(_listen(agent, {"taskIds": [foreign]}))
    assert acknowledged["params"]["notifications"] == {}


def test_tasks_are_heard_of_by_those_who_declared_them(agent):
    answer = agent.ask_modern("subscriptions/listen", {"notifications": {"taskIds": ["x"]}})
    assert (answer.status_code, answer.json["error"]["code"]) == (400, -32021)


def test_a_list_of_endless_wishes_is_cut(polis, agent):
    handles = [polis.complete_run(agent) for _ in range(12)]
    acknowledged, *_ = _rest(_listen(agent, {"taskIds": handles * 1000}))
    assert len(acknowledged["params"]["notifications"]["taskIds"]) == 10


def _revoked(session, who: Member) -> None:
    keys.revoke(session, who.organization_id, who.key_id, actor=who.user_id, now=clock.now())


def _suspended(session, who: Member) -> None:
    suspending.suspend(session, who.organization_id, "", clock.now())


def _being_deleted(session, who: Member) -> None:
    session.get_one(Organization, who.organization_id).deletion_due_at = clock.now() + UNDO


@pytest.mark.parametrize("end", [_revoked, _suspended, _being_deleted])
def test_a_stream_ends_with_the_right_it_was_opened_by(polis, agent, end):
    task_id = agent.call("polis_test", **HELLO)["run_id"]
    parts = _listen(agent, {"taskIds": [task_id]})
    assert [_next(parts)["method"] for _ in range(2)][1] == "notifications/tasks"
    with polis.services.transaction() as session:
        end(session, agent.who)
    polis.work_off()
    (result,) = _rest(parts)
    assert "completed" not in str(result), "what happened since is told nobody"


def test_the_third_stream_of_a_key_ends_at_once(agent):
    task_id = agent.call("polis_test", **HELLO)["run_id"]
    open_ = [_listen(agent, {"taskIds": [task_id]}) for _ in range(2)]
    for parts in open_:
        assert [_next(parts)["method"] for _ in range(2)][1] == "notifications/tasks"
    assert len(_rest(_listen(agent, {"taskIds": [task_id]}))) == 2
    for parts in open_:
        parts.close()
    agent.call("polis_cancel", run_id=task_id)
    assert len(_rest(_listen(agent, {"taskIds": [task_id]}))) == 3


def test_the_handshake_era_has_no_such_stream(agent):
    answer = agent.ask("subscriptions/listen", {"notifications": {}})
    assert answer.json["error"]["code"] == -32601
