"""One key: limited, rolled, revoked, and what it did."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.domain import keys
from app.domain.own_keys import shown
from app.kit import clock
from app.models.calls import ApiCall
from app.models.credentials import ApiKey
from app.web import last_use
from tests.tools.installation import HELLO
from tests.web.account.counted import counting
from tests.web.keys.test_keys import agent, colleague, secret


def made(someone, name="ci", **fields):
    """A key's page and its secret."""
    page = someone.send("/app/keys", name=name, **fields)
    assert page.status_code == 201, page.text
    id_ = page.text.partition('href="/app/keys/key_')[2].partition('"')[0]
    return f"/app/keys/key_{id_}", secret(page)


def row(polis, path):
    with polis.services.database.reading() as session:
        return session.get_one(ApiKey, path.rpartition("/")[2])


def day(days):
    return f"{clock.now() + timedelta(days=days):%Y-%m-%d}"


def terms(**changed):
    return {"name": "ci", "cap": "", "expires": "never", "on": "", **changed}


def test_a_key_is_made_with_the_cap_and_the_end_that_were_chosen(polis, someone):
    path, key = made(someone, cap="1,500", expires="90")
    it = row(polis, path)
    assert it.monthly_cap_tokens == 1500
    assert it.expires_at - it.created_at == timedelta(days=90)
    assert agent(polis, key).ask("tools/list").status_code == 200
    page = someone.open(path).text
    assert "0 of 1,500 tokens" in page
    path, _ = made(someone, expires="day", on=day(3))
    assert f"{row(polis, path).expires_at:%Y-%m-%d %H:%M}" == f"{day(3)} 23:59"
    path, _ = made(someone)
    assert (row(polis, path).monthly_cap_tokens, row(polis, path).expires_at) == (None, None)


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("cap", {"cap": "a lot"}),
        ("cap", {"cap": "-1"}),
        ("expires", {"expires": "7"}),
        ("on", {"expires": "day", "on": "tomorrow"}),
        ("on", {"expires": "day", "on": "2020-01-01"}),
        ("on", {"expires": "day"}),
    ],
)
def test_terms_nobody_can_mean_come_back_beside_their_field(polis, someone, field, fields):
    path, _ = made(someone)
    with polis.unchanged():
        for answer in (
            someone.send("/app/keys", name="x", **fields),
            someone.send(path, **terms(**fields)),
        ):
            assert answer.status_code == 422
            assert f'href="#{field}"' in answer.text
            assert f'id="{field}-e"' in answer.text


def test_what_is_shown_once_can_be_copied_downloaded_and_tried(someone):
    page = someone.send("/app/keys", name="ci")
    key = secret(page)
    assert f'href="data:text/plain;charset=utf-8,POLIS_KEY%3D{key}%0A" download' in page.text
    assert "claude mcp add --transport http polis" in page.text
    assert "/api/v1/account" in page.text
    assert "Waiting for the first call" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def asked_again(someone, path):
    """What htmx is answered on the page of a key."""
    told = {"HX-Request": "true"}
    return someone.http.get(f"{path}/first", base_url=someone.base, headers=told).text


def test_the_first_call_is_seen_where_it_was_waited_for(polis, someone):
    path, key = made(someone)
    assert "load delay:2s" in asked_again(someone, path)
    far_away = agent(polis, key)
    far_away.peer = "203.0.113.9"
    far_away.call("polis_account")
    polis.app.extensions["polis_last_use"].flush()
    seen = asked_again(someone, path)
    assert "First call received" in seen
    assert "hx-get" not in seen
    assert "<html" not in seen
    for where in (seen, someone.open(path).text, someone.open("/app/keys").text):
        assert '<span class="mono">203.0.113.9</span>' in where


def test_a_use_is_written_down_within_five_minutes():
    assert last_use.FLUSH_S <= 300


def test_a_cap_is_lowered_at_once_and_without_a_fresh_sign_in(polis, someone):
    path, key = made(someone, cap="500")
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert someone.send(path, **terms(cap="5", name="CI 2")).location == f"{path}?saved"
    assert (row(polis, path).monthly_cap_tokens, row(polis, path).name) == (5, "CI 2")
    refused = agent(polis, key).refusal("polis_test", **HELLO)
    assert refused["code"] in {"spend_cap_reached", "not_enough_tokens"}


@pytest.mark.parametrize("more", [{"cap": "501"}, {"cap": ""}])
def test_a_cap_is_raised_by_an_owner_who_signed_in_just_now(polis, someone, more):
    path, _ = made(someone, cap="500")
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert someone.send(path, **terms(**more)).location.startswith("/login?")
    assert row(polis, path).monthly_cap_tokens == 500
    assert someone.send(path, **terms(**more)).location == f"{path}?saved"
    assert row(polis, path).monthly_cap_tokens == (501 if more["cap"] else None)


@pytest.mark.parametrize("role", ["member", "admin"])
def test_nobody_below_an_owner_raises_a_cap_but_they_lower_their_own(polis, someone, email, role):
    colleague(polis, someone, email, role)
    path, _ = made(someone, cap="500")
    answer = someone.send(path, **terms(cap="501"))
    assert answer.status_code == 403
    assert "Only an owner raises a limit; it is 500 tokens." in answer.text
    assert someone.send(path, **terms(cap="400")).status_code == 303
    assert row(polis, path).monthly_cap_tokens == 400


def test_a_later_end_takes_a_fresh_sign_in_and_a_sooner_one_none(polis, someone):
    path, _ = made(someone, expires="30")
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        for later in ({"expires": "never"}, {"expires": "day", "on": day(40)}):
            assert someone.send(path, **terms(**later)).location.startswith("/login?")
        assert someone.send(path, **terms(expires="day", on=day(3))).status_code == 303
    assert f"{row(polis, path).expires_at:%Y-%m-%d}" == day(3)


def test_a_form_sent_as_it_stands_changes_nothing(polis, someone):
    path, _ = made(someone, expires="30", cap="70")
    before = row(polis, path)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        fields = terms(cap="70", expires="day", on=f"{before.expires_at:%Y-%m-%d}")
        assert someone.send(path, **fields).status_code == 303
    assert row(polis, path).expires_at == before.expires_at


@pytest.mark.parametrize(
    ("overlap", "works_for"), [("24", 24), ("1", 1), ("168", 168), ("0", 0), ("never", 24), (None, 24)]
)  # fmt: skip
def test_a_rolled_key_overlaps_as_long_as_was_chosen(polis, someone, email, overlap, works_for):
    path, first = made(someone, cap="70", expires="365")
    fields = {} if overlap is None else {"overlap": overlap}
    page = someone.send(f"{path}/roll", **fields)
    assert page.status_code == 201
    second = secret(page)
    assert second != first
    assert second[:12] in someone.letter(email).body
    successor = page.text.partition('href="/app/keys/key_')[2]
    assert agent(polis, second).ask("tools/list").status_code == 200
    status = agent(polis, first).ask("tools/list").status_code
    assert status == (200 if works_for else 401)
    left = row(polis, path).expires_at - clock.now()
    assert timedelta(hours=works_for, minutes=-2) < left <= timedelta(hours=works_for)
    listed = someone.open("/app/keys").text
    assert second[-4:] in listed
    assert ("rolling" in listed) == bool(works_for)
    assert f">…{first[-4:]}" not in listed
    assert successor


def test_a_roll_takes_a_fresh_sign_in_and_a_rolled_key_is_not_rolled_again(polis, someone):
    path, _ = made(someone)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert someone.send(f"{path}/roll", overlap="1").location.startswith("/login?")
    someone.send(f"{path}/roll")
    assert someone.send(f"{path}/roll").status_code == 409
    assert f'href="{path}/roll"' not in someone.open(path).text


def test_a_cap_counts_and_changes_for_the_whole_lineage(polis, someone):
    path, first = made(someone, cap="70")
    someone.send(f"{path}/roll")
    successor = next(k for k in all_keys(polis, path) if k.rolled_from_id)
    here = f"/app/keys/{successor.id}"
    assert someone.send(here, **terms(cap="5")).status_code == 303
    assert {each.monthly_cap_tokens for each in all_keys(polis, path)} == {5}
    assert agent(polis, first).ask("tools/list").status_code == 200


def all_keys(polis, path):
    with polis.services.database.reading() as session:
        organization = session.get_one(ApiKey, path.rpartition("/")[2]).organization_id
        return [k for k in keys.listed(session, organization) if k.name != "test"]


def test_revoking_says_first_when_it_was_last_used(polis, someone):
    path, key = made(someone, name="Bot")
    assert "It was never used." in someone.open(f"{path}/revoke").text
    agent(polis, key).call("polis_account")
    polis.app.extensions["polis_last_use"].flush()
    assert "<dt>Requests</dt><dd>1</dd>" in someone.open(path).text
    asked = someone.send(f"{path}/revoke", do="ask")
    assert asked.status_code == 200
    assert "Revoke “Bot”?" in asked.text
    assert "Requests with it fail from now on. Last used" in asked.text
    assert f'action="{path}/revoke"' in asked.text
    assert agent(polis, key).ask("tools/list").status_code == 200
    assert someone.send(f"{path}/revoke").location == "/app/keys?revoked=1"
    assert agent(polis, key).ask("tools/list").status_code == 401
    assert "Bot" in someone.open("/app/keys?show=ended").text
    assert "This key has ended." in someone.open(path).text


def test_a_key_shows_what_it_and_those_it_was_rolled_from_started(polis, someone, email):
    theirs = colleague(polis, someone, email, "owner")
    first = polis.as_(theirs)
    polis.complete_run(first, label="By the first")
    page = someone.send(f"/app/keys/{theirs.key_id}/roll")
    second = agent(polis, secret(page))
    polis.complete_run(second, label="By the second")
    successor = next(k for k in all_of(polis, theirs) if k.rolled_from_id)
    shows = someone.open(f"/app/keys/{successor.id}").text
    for label in ("By the first", "By the second", "Its newest 2 runs"):
        assert label in shows


def all_of(polis, who):
    with polis.services.database.reading() as session:
        return keys.listed(session, who.organization_id)


def test_what_nobody_uses_and_what_ends_soon_is_marked(polis, someone):
    idle, _ = made(someone, name="Idle")
    made(someone, name="Ends", expires="day", on=day(2))
    with polis.services.transaction() as session:
        it = session.get_one(ApiKey, idle.rpartition("/")[2])
        it.last_used_at = clock.now() - shown.IDLE - timedelta(days=34)
    page = someone.open("/app/keys").text
    assert "Unused for 64 days." in page
    assert f'href="{idle}/revoke">Delete it?' in page
    assert page.count('<span class="tag warn">idle</span>') == 1
    assert page.count('<span class="tag warn">ends soon</span>') == 1


def test_many_keys_are_paged_and_take_no_more_queries(polis, someone):
    counts = []
    for more in (2, shown.PAGE):
        for number in range(more):
            made(someone, name=f"Key {number}")
        with counting(polis.services.database) as work:
            page = someone.open("/app/keys").text
        counts.append(len(work.statements))
    assert counts[0] == counts[1] <= 12
    assert page.count('/revoke"') == shown.PAGE
    older = page.partition("?before=")[2].partition('"')[0]
    assert someone.open(f"/app/keys?before={older}").text.count('/revoke"') == 3


UNKNOWN = {"run_id": f"run_{'0' * 26}"}


def flush(polis):
    polis.app.extensions["polis_last_use"].flush()


def called(page):
    """Tool and answer of each row of the table of calls."""
    rows = page.partition('id="calls"')[2].partition("</table>")[0].split("<tr>")[2:]
    return [
        (each.partition('class="mono">')[2].partition("<")[0], "Answered" in each) for each in rows
    ]


def test_what_a_key_called_is_on_its_page_newest_first_with_what_came_of_it(polis, someone):
    path, key = made(someone)
    _, other = made(someone)
    agent(polis, key).call("polis_account")
    agent(polis, key).outcome("polis_status", UNKNOWN)
    agent(polis, other).call("polis_estimate", **HELLO)
    assert "It has called nothing." in someone.open(path).text
    flush(polis)
    page = someone.open(path).text
    assert called(page) == [("polis_status", False), ("polis_account", True)]
    assert "not_found" in page.partition('id="calls"')[2]


def test_a_key_that_reads_only_sees_which_call_its_scope_refused(polis, someone):
    path, key = made(someone, scope="mcp:read")
    agent(polis, key).outcome("polis_cancel", UNKNOWN)
    flush(polis)
    page = someone.open(path).text
    assert called(page) == [("polis_cancel", False)]
    assert "insufficient_scope" in page.partition('id="calls"')[2]


def test_of_many_calls_the_newest_fifty_are_kept(polis, someone):
    path, key = made(someone)
    for many in (30, 30):
        for _ in range(many):
            agent(polis, key).call("polis_account")
        flush(polis)
    agent(polis, key).outcome("polis_status", UNKNOWN)
    flush(polis)
    assert called(someone.open(path).text) == [
        ("polis_status", False), *[("polis_account", True)] * 49,
    ]  # fmt: skip
    mine = ApiCall.key_id == path.rpartition("/")[2]
    with polis.services.database.reading() as session:
        assert session.scalar(select(func.count()).where(mine)) == 50
