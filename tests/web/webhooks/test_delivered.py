"""What happens is told: signed, once, with ids and figures, and sent again until it arrives."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from app.domain import keys
from app.domain.runs import progress
from app.domain.webhooks import deliveries as sending
from app.domain.webhooks import log, pauses
from app.domain.webhooks.catalogue import EVENTS
from app.kit import clock
from app.models.accounts import Organization
from app.models.webhooks import WebhookEvent
from app.worker.pulse import Pulse
from tests.tools.installation import HELLO
from tests.web.webhooks.desk import deliveries, endpoint, made, rolled, send
from tests.web.webhooks.receiver import verifies

TEXT = "Nobody but the panel is to read this sentence."


def wait(polis, traveller, attempt):
    """Let the longest pause after an attempt pass, and do what is due then."""
    traveller.shift(pauses.PAUSES[attempt - 1] * (1 + pauses.JITTER) + timedelta(seconds=1))
    polis.work_off()


def test_a_completed_run_is_told_signed_and_without_its_text(hooked, kim, receiver):
    hook = made(kim)
    run_id = hooked.complete_run(hooked.as_(kim.who), content=TEXT, label="A secret label")
    ((headers, body),) = receiver.requests
    assert verifies(hook.secret, headers, body) == [True]
    assert headers["content-type"] == "application/json"
    assert abs(int(headers["webhook-timestamp"]) - clock.now().timestamp()) < 60
    (told,) = receiver.bodies
    assert (told["type"], told["data"]["run_id"]) == ("run.completed", run_id)
    assert set(told) == {"type", "timestamp", "data"}
    assert set(told["data"]) == set(EVENTS["run.completed"].example)
    assert (told["data"]["tokens_charged"], told["data"]["refunded_tokens"]) == (
        told["data"]["tokens"], 0,
    )  # fmt: skip
    assert TEXT.encode() not in body
    assert b"secret label" not in body


def test_a_failed_run_is_told_with_what_came_back(hooked, kim, receiver):
    made(kim)
    run_id = hooked.as_(kim.who).call("polis_test", **HELLO)["run_id"]
    with hooked.services.transaction() as session:
        progress.fail(session, run_id, "engine_unavailable", TEXT, clock.now())
    hooked.work_off()
    (told,) = receiver.bodies
    assert (told["type"], told["data"]["run_id"]) == ("run.failed", run_id)
    assert told["data"]["refunded_tokens"] == told["data"]["tokens"] > 0
    assert told["data"]["failure_code"] == "engine_unavailable"
    assert TEXT not in str(told)
    assert set(told["data"]) == set(EVENTS["run.failed"].example)


def test_a_cancelled_run_is_told_to_nobody(hooked, kim, receiver):
    made(kim)
    agent = hooked.as_(kim.who)
    agent.call("polis_cancel", run_id=agent.call("polis_test", **HELLO)["run_id"])
    hooked.work_off()
    assert receiver.requests == []


def test_a_revoked_key_and_a_reached_cap_are_told(hooked, kim, receiver):
    made(kim)
    capped = hooked.second_key(hooked.as_(kim.who), monthly_cap_tokens=5)
    for _ in range(2):
        assert capped.refusal("polis_test", **HELLO)["code"] == "spend_cap_reached"
    with hooked.services.transaction() as session:
        keys.revoke(
            session, kim.who.organization_id, capped.who.key_id, actor=kim.who.user_id, now=clock.now()
        )  # fmt: skip
    hooked.work_off()
    told = {each["type"]: each["data"] for each in receiver.bodies}
    assert len(receiver.bodies) == 2, "a cap is told once a period"
    assert told["cap.reached"]["limit_tokens"] == 5
    assert told["cap.reached"]["credential_id"] == capped.who.key_id
    assert told["key.revoked"]["key_id"] == capped.who.key_id
    for type_, data in told.items():
        assert set(data) == set(EVENTS[type_].example), type_


def test_of_a_comparison_every_variant_is_told_once_it_has_ended(hooked, kim, receiver):
    made(kim)
    begun = hooked.complete_comparison(hooked.as_(kim.who))
    hooked.work_off()
    assert {each["data"]["compare_id"] for each in receiver.bodies} == {begun["compare_id"]}
    assert [each["type"] for each in receiver.bodies] == ["run.completed"] * 2


def test_only_what_was_chosen_is_told_and_only_to_ones_own(hooked, kim, receiver):
    made(kim, events=["key.revoked"])
    hooked.complete_run(hooked.as_(kim.who))
    hooked.complete_run(hooked.agent())
    assert receiver.requests == []


def test_what_was_refused_is_sent_again_the_same_but_for_its_time(hooked, kim, receiver):
    hook, receiver.statuses, receiver.says = made(kim), [500, 302], b"not\x00now"
    with time_machine.travel(clock.now(), tick=False) as traveller:
        send(kim, f"{hook.path}/test")
        hooked.work_off()
        assert len(receiver.requests) == 1
        wait(hooked, traveller, 1)
        wait(hooked, traveller, 2)
    (first, body), (second, again), (third, _) = receiver.requests
    assert body == again
    assert first["webhook-id"] == second["webhook-id"] == third["webhook-id"]
    assert first["webhook-timestamp"] != second["webhook-timestamp"]
    assert verifies(hook.secret, second, again) == [True]
    (line,) = deliveries(hooked.services, hook)
    assert (line.status, line.attempts) == ("delivered", 3)
    page = kim.get(f"{hook.path}/deliveries/{line.id}").text
    for shown in (
        "500",
        "302",
        "Redirects are not followed.",
        "notnow",
        "3 attempts",
        "webhook.test",
    ):
        assert shown in page


def test_after_eight_attempts_it_is_given_up_and_the_webhook_marked(hooked, kim, receiver):
    hook, receiver.statuses = made(kim), [503] * 9
    with time_machine.travel(clock.now(), tick=False) as traveller:
        send(kim, f"{hook.path}/test")
        hooked.work_off()
        for attempt in range(1, pauses.MOST):
            wait(hooked, traveller, attempt)
        traveller.shift(timedelta(days=2))
        hooked.work_off()
        assert len(receiver.requests) == pauses.MOST == 8
        assert deliveries(hooked.services, hook)[0].status == "failed"
        assert endpoint(hooked.services, hook).failing_at is not None
    assert timedelta(hours=24) <= sum(pauses.PAUSES, timedelta()) < timedelta(hours=26)


def test_five_days_of_failures_switch_it_off_and_its_owners_are_told(hooked, kim, receiver):
    hook, receiver.statuses = made(kim), [500] * 20
    with time_machine.travel(clock.now(), tick=False) as traveller:
        send(kim, f"{hook.path}/test")
        hooked.work_off()
        traveller.shift(timedelta(days=5))
        hooked.work_off()
        assert endpoint(hooked.services, hook).disabled_because == "failing"
        count = len(receiver.requests)
        hooked.complete_run(hooked.as_(kim.who))
        traveller.shift(timedelta(days=1))
        hooked.work_off()
        assert len(receiver.requests) == count
    assert "Switched off: nothing arrived for 5 days." in kim.get(hook.path).text


def test_one_that_answers_it_is_gone_is_switched_off_at_once(hooked, kim, receiver):
    hook, receiver.statuses = made(kim), [410]
    send(kim, f"{hook.path}/test")
    hooked.work_off()
    assert endpoint(hooked.services, hook).disabled_because == "gone"


def test_a_success_makes_it_healthy_again(hooked, kim, receiver):
    hook, receiver.statuses = made(kim), [500]
    with time_machine.travel(clock.now(), tick=False) as traveller:
        send(kim, f"{hook.path}/test")
        hooked.work_off()
        assert endpoint(hooked.services, hook).failed_since is not None
        wait(hooked, traveller, 1)
    assert endpoint(hooked.services, hook).failed_since is None


def test_a_rolled_secret_signs_beside_the_former_for_a_day(hooked, kim, receiver):
    hook = made(kim)
    second = rolled(kim, hook)
    assert second != hook.secret
    with time_machine.travel(clock.now(), tick=False) as traveller:
        send(kim, f"{hook.path}/test")
        hooked.work_off()
        traveller.shift(timedelta(hours=24, seconds=1))
        send(kim, f"{hook.path}/test")
        hooked.work_off()
    (during, body), (after, later) = receiver.requests
    assert verifies(second, during, body) == [True, False]
    assert verifies(hook.secret, during, body) == [False, True]
    assert verifies(second, after, later) == [True]
    assert verifies(hook.secret, after, later) == [False]


def test_a_delivery_is_sent_again_under_the_same_id(hooked, kim, receiver):
    hook = made(kim)
    send(kim, f"{hook.path}/test")
    hooked.work_off()
    (first,) = deliveries(hooked.services, hook)
    answer = send(kim, f"{hook.path}/deliveries/{first.id}/resend")
    hooked.work_off()
    second = deliveries(hooked.services, hook)[1]
    assert answer.headers["Location"] == f"{hook.path}/deliveries/{second.id}?again"
    (one, body), (two, again) = receiver.requests
    assert (one["webhook-id"], body) == (two["webhook-id"], again)
    assert "again" in kim.get(hook.path).text


@pytest.mark.parametrize("how", ["switched off", "suspended", "deleted"])
def test_nothing_is_sent_once_nobody_is_to_be_told(hooked, kim, receiver, how):
    hook = made(kim)
    send(kim, f"{hook.path}/test")
    if how == "switched off":
        send(kim, hook.path, do="off")
    elif how == "deleted":
        send(kim, f"{hook.path}/delete")
    else:
        with hooked.services.transaction() as session:
            mine = Organization.id == kim.who.organization_id
            session.execute(update(Organization).where(mine).values(suspended_at=clock.now()))
            keys.revoke(
                session, kim.who.organization_id, kim.who.key_id, actor="operator", now=clock.now()
            )
    hooked.work_off()
    assert receiver.requests == []
    left = deliveries(hooked.services, hook)
    assert [each.status for each in left] == ([] if how == "deleted" else ["dropped"])


def test_the_log_is_forgotten_after_thirty_days(hooked, kim, receiver):
    hook = made(kim)
    send(kim, f"{hook.path}/test")
    hooked.work_off()
    with hooked.services.transaction() as session:
        old = clock.now() - log.KEPT - timedelta(minutes=1)
        session.execute(update(WebhookEvent).values(at=old))
    Pulse(hooked.services, "me")._tidy()
    assert deliveries(hooked.services, hook) == []


def test_an_answer_is_kept_to_its_beginning(hooked, kim, receiver):
    hook, receiver.statuses, receiver.says = made(kim), [200], b"x" * 5000
    send(kim, f"{hook.path}/test")
    hooked.work_off()
    (line,) = deliveries(hooked.services, hook)
    page = kim.get(f"{hook.path}/deliveries/{line.id}").text
    assert "x" * sending.LONGEST_ANSWER in page
    assert "x" * (sending.LONGEST_ANSWER + 1) not in page
