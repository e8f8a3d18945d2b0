"""Exports: whole, without any secret, for owners alone, for seven days."""

import json
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import LargeBinary, func, select

from app.adapters import files
from app.db import Base
from app.domain import exported, exports
from app.kit import clock
from app.models.accounts import User
from app.models.audit import AuditEvent
from app.models.exports import Export
from app.models.runs import StoredReaction
from app.worker import letting_go
from tests import oauth
from tests.factories import Member
from tests.web.account.browser import Visitor
from tests.web.organization.work import agent, old_run
from tests.web.team.people import Team

PAGE = "/app/settings/organization"
EXPORTS = f"{PAGE}/exports"
# Tables of an organization that are in no export, and why.
LEFT_OUT = {
    "connector_checks": "checks of the installation, kept for a day",
    "daily_usage": "sums of the ledger, which is told",
    "monthly_movements": "sums of the ledger, which is told",
    "consents": "a standing yes; the connections it gave are told",
    "idempotent_answers": "answers that are told elsewhere, kept for a day",
    "mailed_links": "digests of links",
    "exports": "what this is",
    "sessions": "whose browser looked at it: its person's",
}
INSIDE = {"memberships", "grants", "runs", "threads"}  # told in parts of their own


def made(team, by=None):
    """The path of a finished export."""
    by = by or team.owner
    assert by.send(EXPORTS).status_code == 303
    team.polis.work_off()
    return re.search(rf'href="({EXPORTS}/exp_\w+)"', by.open(PAGE).text)[1]


def opened(answer):
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    archive = ZipFile(BytesIO(answer.data))
    answer.close()
    return archive


def part(archive, name):
    return json.loads(archive.read(f"{name}.json"))


def test_everything_of_the_organization_is_in_it(team):
    program = agent(team)
    run_id = old_run(team, program, 0, asked=True)
    compared = team.polis.complete_comparison(program)["compare_id"]
    here = Member(team.owner.who.user_id, team.id, "", "")
    oauth.approved(team.services, here, oauth.client(team.services, name="Claude"))
    jonas = team.add("member")
    team.owner.send("/app/team/invitations", email="new@example.com", role="member")
    team.polis.app.extensions["polis_last_use"].flush()
    archive = opened(team.owner.open(made(team)))
    assert archive.testzip() is None
    run = json.loads(archive.read(f"runs/{run_id}.json"))
    assert run["content"] == "Hello, world"
    assert run["synthesis"]["report"]["segments"]
    assert len(run["reactions"]) == 10
    (thread,) = run["threads"]
    assert thread["turns"][0]["question"] == "A question about it?"
    assert len(thread["turns"][0]["answers"]) == 10
    assert {row["id"] for row in part(archive, "comparisons")} == {compared}
    assert {row["user_id"] for row in part(archive, "members")} == {
        team.owner.who.user_id, jonas.who.user_id,
    }  # fmt: skip
    assert [row["app_name"] for row in part(archive, "connections")] == ["Claude"]
    assert [row["email"] for row in part(archive, "invitations")] == ["new@example.com"]
    assert [row["name"] for row in part(archive, "keys")] == ["agent"]
    assert "polis_test" in {row["tool"] for row in part(archive, "calls")}
    assert part(archive, "organization")[0]["name"] == "Harbour light"
    manifest = part(archive, "manifest")
    with team.services.database.reading() as session:
        acts = session.scalar(select(func.count()).where(AuditEvent.chain == team.id))
    assert acts >= len(part(archive, "audit")) == manifest["counts"]["audit"] >= 5
    assert sum(row["tokens"] for row in part(archive, "ledger") if row["kind"] == "grant") == 5000
    assert manifest["counts"]["runs"] == len([n for n in archive.namelist() if "runs/" in n]) == 3


def test_no_secret_and_no_digest_is_in_it(team):
    program = agent(team)
    here = Member(team.owner.who.user_id, team.id, "", "")
    tokens = oauth.tokens(team.services, here)
    team.owner.send("/app/team/invitations", email="new@example.com", role="member")
    link = re.search(r"/invite/(\S+)", team.owner.letter("new@example.com").body)[1]
    archive = opened(team.owner.open(made(team)))
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (program.who.key, tokens.access_token, tokens.refresh_token, link):
        assert secret.encode() not in everything
    with team.services.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in {"audit_events", "audit_heads"}:
                continue  # whose digests let anybody check the chain
            for column in table.c:
                if isinstance(column.type, LargeBinary):
                    for value in session.scalars(select(column).where(column.is_not(None))):
                        assert value not in everything
                        assert value.hex().encode() not in everything
        state = session.scalar(select(StoredReaction.state).limit(1))
    assert state is None or b'"state"' not in everything


def test_every_table_of_an_organization_is_told_or_left_out_on_purpose():
    of_one = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name == "organizations" for key in table.foreign_keys)
    }
    told = {table.__tablename__ for _, table, _ in exported._TABLES} | INSIDE
    assert of_one - told == LEFT_OUT.keys() & of_one
    assert LEFT_OUT.keys() <= of_one


def test_its_file_is_read_by_nobody_else_and_nobody_sees_half_of_it(team):
    path = made(team)
    folder = team.services.settings.instance_dir
    file = files.export(folder, path.rpartition("/")[2])
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert list(file.parent.glob("*.half")) == []


def test_whoever_asked_is_told_by_mail_without_any_secret(team):
    with team.services.database.reading() as session:
        email = session.get_one(User, team.owner.who.user_id).email
    made(team)
    body = team.owner.letter(email).body
    assert f"{PAGE}\n" in body
    assert "exp_" not in body


@pytest.mark.parametrize("role", ["admin", "member"])
def test_it_is_for_owners_alone(team, role):
    path, other = made(team), team.add(role)
    assert other.open(path).status_code == 403
    assert other.send(EXPORTS).status_code == 403
    assert Visitor(team.polis).open(path).location.startswith("/login")


def test_another_organizations_export_does_not_exist(team):
    path = made(team)
    assert Team(team.polis).owner.open(path).status_code == 404
    for name in ("exp_nothing", "..%2Fsecret_key", "exp_0123456789abcdefghjkmnpqrs"):
        assert team.owner.open(f"{EXPORTS}/{name}").status_code == 404


def test_one_is_made_at_a_time(team):
    assert team.owner.send(EXPORTS).status_code == 303
    again = team.owner.send(EXPORTS)
    assert (again.status_code, "being made already" in again.text) == (409, True)


def test_after_a_week_it_is_gone_with_its_file(team):
    path = made(team)
    file = files.export(team.services.settings.instance_dir, path.rpartition("/")[2])
    with time_machine.travel(clock.now() + timedelta(days=7, seconds=1), tick=False):
        assert team.browser(team.owner.who).open(path).status_code == 404
        letting_go.old_exports(team.services)
    assert not file.exists()
    with team.services.database.reading() as session:
        assert session.get(Export, path.rpartition("/")[2]) is None


def test_asking_and_fetching_stand_in_the_log(team):
    opened(team.owner.open(made(team)))
    assert len(team.acts("export.asked")) == len(team.acts("export.fetched")) == 1


def test_what_cannot_be_made_says_so_and_can_be_asked_for_again(team):
    assert team.owner.send(EXPORTS).status_code == 303
    with team.services.transaction() as session:
        which = session.scalar(select(Export.id).where(Export.organization_id == team.id))
        exports.failed(session, which, clock.now())
    assert "Failed: make another" in team.owner.open(PAGE).text
    assert team.owner.send(EXPORTS).status_code == 303
