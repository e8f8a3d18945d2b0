"""A link shows one report to whoever has it, until it ends, and tells nothing else."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.domain import shares
from app.kit import clock, ids, secrets
from app.models.accounts import Membership, Organization
from app.models.audit import AuditEvent
from app.models.runs import Run
from app.models.shares import ShareLink
from tests.factories import member
from tests.tools.installation import HELLO
from tests.web.account.browser import Visitor
from tests.web.runs.conftest import reader_of


def _link(reader, run_id, days="30"):
    reader.open(f"/app/runs/{run_id}")
    made = reader.send(f"/app/runs/{run_id}/shares", days=days)
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "no-store"
    return re.search(r"(/s/polis_sh_[\w-]{43})</code>", made.text)[1]


def _share_id(polis, run_id):
    with polis.services.database.reading() as session:
        return session.scalar(select(ShareLink.id).where(ShareLink.run_id == run_id))


def test_a_stranger_with_the_link_reads_the_report_and_nothing_else(polis, reader):
    run_id = reader.report(label="Spring letter", content="Hello, world, again")
    page = Visitor(polis).open(_link(reader, run_id))
    assert page.status_code == 200
    assert "Spring letter" in page.text
    assert "Hello, world, again" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    for theirs in (
        '"/app',
        "/login",
        "csrf_token",
        "<script",
        run_id,
        reader.who.organization_id,
        "example.com",
    ):
        assert theirs not in page.text
    assert "Set-Cookie" not in page.headers


def test_the_footer_of_every_layout_links_what_is_owed_to_whoever_reads_it(polis, reader):
    shared = _link(reader, reader.report())
    layouts = (
        "/",
        "/docs/overview",
        "/signup",
        "/login",
        "/nowhere",
        "/app/",
        "/app/nowhere",
        shared,
    )
    missing = {}
    for path in layouts:
        visitor = reader if path.startswith("/app/") else Visitor(polis)
        (footer,) = re.findall(r'aria-label="Footer">(.*?)</nav>', visitor.open(path).text)
        links = set(re.findall(r'href="([^"]+)"', footer))
        missing[path] = {"/pricing", "/privacy", "/terms", "/support", "/status"} - links
    assert missing == {path: set() for path in layouts}


def test_only_a_digest_of_it_is_kept_and_the_log_never_holds_it(polis, reader, capfd):
    run_id = reader.report()
    link = _link(reader, run_id)
    Visitor(polis).open(link)
    secret = link.rpartition("/")[2]
    with polis.services.database.reading() as session:
        row = session.scalars(select(ShareLink).where(ShareLink.run_id == run_id)).one()
    assert row.digest == secrets.digest(secret)
    logged = capfd.readouterr().err
    assert secret[9:] not in logged
    assert '"route":"/s/<secret>"' in logged
    assert secret not in reader.open(f"/app/runs/{run_id}").text


@pytest.mark.parametrize("days", [7, 30, 90])
def test_it_works_for_as_long_as_was_chosen(polis, reader, days):
    link = _link(reader, reader.report(), str(days))
    for passed, status in (
        (timedelta(days=days, seconds=-5), 200),
        (timedelta(days=days, seconds=5), 404),
    ):
        with time_machine.travel(clock.now() + passed):
            assert Visitor(polis).open(link).status_code == status


@pytest.mark.parametrize("days", ["", "8", "365", "x"])
def test_another_length_cannot_be_chosen(polis, reader, days):
    run_id = reader.report()
    reader.open(f"/app/runs/{run_id}")
    answer = reader.send(f"/app/runs/{run_id}/shares", days=days)
    assert answer.status_code == 422
    assert _share_id(polis, run_id) is None


def _plain(page):
    return re.sub(r"req_\w+", "", page.text)


def test_a_link_that_ended_says_what_one_says_that_never_was(polis, reader):
    run_id = reader.report()
    link = _link(reader, run_id)
    reader.open(f"/app/runs/{run_id}")
    answer = reader.send(f"/app/shares/{_share_id(polis, run_id)}/revoke")
    assert answer.location == f"/app/runs/{run_id}?unshared=1#share"
    ended = Visitor(polis).open(link)
    never = [Visitor(polis).open(f"/s/{each}") for each in ("x", f"{shares.PREFIX}{'x' * 43}")]
    assert {page.status_code for page in (ended, *never)} == {404}
    assert {_plain(page) for page in (ended, *never)} == {_plain(ended)}
    assert ended.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert ended.headers["Cache-Control"] == "no-store"


def test_a_deleted_run_and_a_suspended_organization_show_nothing(polis, reader):
    first, second = reader.report(), reader.report(content="Other")
    links = [_link(reader, first), _link(reader, second)]
    reader.open(f"/app/runs/{first}/delete")
    reader.send(f"/app/runs/{first}/delete")
    with polis.services.transaction() as session:
        session.get_one(Organization, reader.who.organization_id).suspended_at = clock.now()
    assert [Visitor(polis).open(link).status_code for link in links] == [404, 404]


def test_while_an_organization_is_being_deleted_its_links_show_nothing(polis, reader):
    link = _link(reader, reader.report())
    for due, status in ((clock.now(), 404), (None, 200)):
        with polis.services.transaction() as session:
            session.get_one(Organization, reader.who.organization_id).deletion_due_at = due
        assert Visitor(polis).open(link).status_code == status


def test_opens_are_counted_and_listed(polis, reader):
    run_id = reader.report(label="Counted")
    link = _link(reader, run_id)
    for _ in range(3):
        Visitor(polis).open(link)
    Visitor(polis).http.head(link, base_url="http://127.0.0.1:8000")
    for part in ("?seat=13", "?segment=1", "?segment=2&seat=5"):
        assert Visitor(polis).open(f"{link}{part}").status_code == 200
    for path in (f"/app/runs/{run_id}", "/app/shares"):
        page = reader.open(path).text
        assert '<td class="num" data-label="Opens">3</td>' in page
        assert "just now" in page
    assert "Counted" in reader.open("/app/shares").text


def test_the_list_tells_living_links_from_ended_ones(polis, reader):
    assert "No report has been shared." in reader.open("/app/shares").text
    first, second = reader.report(), reader.report(content="Other")
    _link(reader, first)
    _link(reader, second, "7")
    reader.open("/app/shares")
    gone = reader.send(f"/app/shares/{_share_id(polis, first)}/revoke", at="list")
    assert gone.location == "/app/shares?revoked=1"
    page = reader.open(gone.location).text
    assert page.count("Revoked") == page.count("Works") == 1
    assert page.count("/revoke") == 1
    assert (
        "There are no older links."
        in reader.open(f"/app/shares?before={ids.new('shr')[:4]}{'0' * 26}").text
    )


def test_it_is_written_down_who_made_and_who_ended_a_link(polis, reader):
    run_id = reader.report()
    _link(reader, run_id)
    share_id = _share_id(polis, run_id)
    reader.open("/app/shares")
    for _ in range(2):  # the second changes nothing
        reader.send(f"/app/shares/{share_id}/revoke")
    with polis.services.database.reading() as session:
        acts = session.execute(
            select(AuditEvent.action, AuditEvent.details).where(AuditEvent.subject == share_id).order_by(AuditEvent.number)
        ).all()  # fmt: skip
    assert [action for action, _ in acts] == ["share.created", "share.revoked"]
    assert shares.PREFIX not in json.dumps([details for _, details in acts])


def test_links_of_others_do_not_exist_and_a_members_are_their_own(polis, reader):
    run_id = reader.report()
    link = _link(reader, run_id)
    share_id = _share_id(polis, run_id)
    stranger = member(polis.services, verified=True)
    polis.organizations.append(stranger.organization_id)
    other = reader_of(polis, stranger)
    other.open("/app/shares")
    assert other.send(f"/app/shares/{share_id}/revoke").status_code == 404
    with polis.services.transaction() as session:
        session.add(Membership(
            organization_id=reader.who.organization_id, user_id=stranger.user_id, role="member",
            created_at=clock.now(),
        ))  # fmt: skip
    other.open("/app/shares")
    other.send("/app/organization", organization=reader.who.organization_id)
    assert other.send(f"/app/shares/{share_id}/revoke").status_code == 403
    assert Visitor(polis).open(link).status_code == 200


@pytest.mark.parametrize(("role", "may"), [("member", False), ("admin", True)])
def test_only_whoever_may_end_a_link_is_offered_to(polis, reader, role, may):
    """Whoever started the run may delete it, and still not end what a colleague made of it."""
    run_id, organization_id = reader.report(), reader.who.organization_id
    who = member(polis.services, verified=True)
    polis.organizations.append(who.organization_id)
    with polis.services.transaction() as session:
        session.add(Membership(
            organization_id=organization_id, user_id=who.user_id, role="admin", created_at=clock.now(),
        ))  # fmt: skip
    colleague = reader_of(polis, who)
    colleague.open("/app/shares")
    colleague.send("/app/organization", organization=organization_id)
    _link(colleague, run_id)
    share_id = _share_id(polis, run_id)
    with polis.services.transaction() as session:
        session.get_one(Membership, (organization_id, reader.who.user_id)).role = role
    for path in (f"/app/runs/{run_id}", "/app/shares"):
        page = reader.open(path).text
        assert f"/app/runs/{run_id}" in page
        assert (f"/app/shares/{share_id}/revoke" in page) == may
        assert f"/app/shares/{share_id}/revoke" in colleague.open(path).text
    assert reader.send(f"/app/shares/{share_id}/revoke").status_code == (303 if may else 403)


def test_without_a_report_there_is_nothing_to_share(polis, reader):
    run_id = reader.agent.call("polis_test", **HELLO)["run_id"]
    reader.open(f"/app/runs/{run_id}")
    assert reader.send(f"/app/runs/{run_id}/shares", days="7").status_code == 409
    with polis.services.database.reading() as session:
        assert session.get(Run, run_id) is not None
