"""What a key may do, changed on its page: less at once, more by whoever signed in just now."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.kit import clock
from app.models.audit import AuditEvent
from tests.tools.installation import HELLO, running
from tests.web.keys.test_key import all_keys, made, row, terms
from tests.web.keys.test_keys import agent, colleague, secret

LESS = [("mcp", "never_buys"), ("mcp", "mcp:read"), ("never_buys", "mcp:read")]
MORE = [(after, before) for before, after in LESS]
NAMES = {
    "mcp": "Everything",
    "never_buys": "Run tests, never buy",
    "mcp:read": "Read only",
}


def may(polis, key, at=None):
    """What the bearer of a key finds it may do, at its next request."""
    with_key = (at or polis).as_(agent(polis, key).who)
    tools = {each["name"] for each in with_key.result("tools/list")["tools"]}
    if "polis_topup" in tools:
        return "mcp"
    return "never_buys" if "polis_test" in tools else "mcp:read"


def long_ago():
    """As somebody who signed in eleven minutes ago."""
    return time_machine.travel(clock.now() + timedelta(minutes=11))


@pytest.mark.parametrize(("before", "after"), LESS)
def test_less_is_chosen_without_a_fresh_sign_in_and_holds_at_every_server_at_once(
    polis, someone, before, after
):
    path, key = made(someone, scope=before)
    with running(polis.services) as other:
        assert [may(polis, key, at) for at in (polis, other)] == [before] * 2
        with long_ago():
            answer = someone.send(path, **terms(scope=after))
        assert answer.location == f"{path}?saved"
        assert [may(polis, key, at) for at in (polis, other)] == [after] * 2
    page = someone.open(path).text
    assert f"<dt>May</dt><dd>{NAMES[after]}" in page
    assert f'name="scope" value="{after}" checked' in page


@pytest.mark.parametrize(("before", "after"), MORE)
def test_more_takes_a_fresh_sign_in_and_keeps_what_was_chosen(polis, someone, before, after):
    path, key = made(someone, scope=before)
    with long_ago():
        assert "sign in once more" in someone.open(path).text
        again = someone.send(path, **terms(scope=after)).location
    assert again.startswith("/login?next=")
    assert may(polis, key) == before
    assert someone.send(path, **terms(scope=after)).location == f"{path}?saved"
    assert may(polis, key) == after


def test_a_test_that_was_allowed_a_moment_ago_is_refused(polis, someone):
    path, key = made(someone)
    agent(polis, key).call("polis_test", **HELLO)
    someone.send(path, **terms(scope="mcp:read"))
    assert agent(polis, key).refusal("polis_test", **HELLO)["code"] == "insufficient_scope"
    polis.work_off()


def test_a_change_is_in_the_audit_log_and_none_is_not(polis, someone, email):
    path, _ = made(someone, scope="mcp:read", cap="70")
    whose = row(polis, path).organization_id
    someone.send(path, **terms(scope="mcp:read", cap="70"))
    someone.send(path, **terms(scope="never_buys", cap="70"))
    mine = AuditEvent.chain == whose, AuditEvent.action == "key.changed"
    with polis.services.database.reading() as session:
        (act,) = session.scalars(select(AuditEvent).where(*mine)).all()
    stays = {"tokens": 70, "ends": None}
    assert act.details == {
        "name": "ci",
        "from": {"may": "mcp:read", **stays},
        "to": {"may": "never_buys", **stays},
    }
    assert act.actor == row(polis, path).user_id


def test_it_counts_for_the_key_that_is_being_rolled_as_well(polis, someone):
    path, first = made(someone)
    second = secret(someone.send(f"{path}/roll", overlap="24"))
    successor = next(each for each in all_keys(polis, path) if each.rolled_from_id)
    assert someone.send(f"/app/keys/{successor.id}", **terms(scope="never_buys")).status_code == 303
    assert (may(polis, first), may(polis, second)) == ("never_buys", "never_buys")


@pytest.mark.parametrize(
    ("role", "theirs", "status"), [("member", 303, 404), ("admin", 303, 303), ("owner", 303, 303)]
)
def test_whoever_may_make_and_manage_a_key_lets_it_do_more(
    polis, someone, email, role, theirs, status
):
    else_ = colleague(polis, someone, email, role)
    path, key = made(someone, scope="mcp:read")
    assert someone.send(path, **terms(scope="mcp")).status_code == theirs
    assert may(polis, key) == "mcp"
    answer = someone.send(f"/app/keys/{else_.key_id}", **terms(scope="mcp:read"))
    assert answer.status_code == status
    assert may(polis, else_.key) == ("mcp:read" if status == 303 else "mcp")


def test_what_is_no_choice_comes_back_beside_its_field(polis, someone):
    path, key = made(someone)
    with polis.unchanged():
        answer = someone.send(path, **terms(scope="admin"))
    assert answer.status_code == 422
    assert 'id="scope-e"' in answer.text
    assert may(polis, key) == "mcp"


def test_one_that_never_bought_is_offered_nothing_when_it_only_reads(polis, someone):
    path, key = made(someone, scope="never_buys")
    someone.send(path, **terms(scope="mcp:read"))
    assert "topup_packs" not in agent(polis, key).call("polis_account")
    assert "<dt>May</dt><dd>Read only, never buy " in someone.open(path).text
    someone.send(path, **terms(scope="mcp"))
    assert "topup_packs" in agent(polis, key).call("polis_account")
