"""Who may open and press what, from the map of URLs: roles, strangers, other organizations (S21).

A new route under /app is found by itself. It is guarded by `place.require(Right…)`, or it stands in
EVERYBODYS with the reason; and each of its arguments stands in `foreign`.
"""

import re
from collections.abc import Iterator
from inspect import unwrap
from typing import NamedTuple

import pytest
from sqlalchemy import select

from app.db import Base
from app.domain import keys
from app.domain.clients.developer_app import App
from app.domain.rights import RIGHTS, ROLES, Right
from app.kit import clock
from app.models.clients import Client
from app.models.grants import Grant
from app.models.invitations import Invitation
from tests import oauth
from tests.factories import Member
from tests.tools.installation import polis, standing
from tests.web import foreign_rows
from tests.web.account.browser import Visitor
from tests.web.organization.test_exports import made as an_export
from tests.web.organization.work import agent
from tests.web.team.conftest import team
from tests.web.team.people import Team

__all__ = ["polis", "standing", "team"]

# What takes no right of its own, and why. Each view still finds only what is its person's.
EVERYBODYS = {
    "/app/": "where everybody begins; who may see less is shown less",
    "/app/developer-apps": "made for an organization that is chosen on the page",
    "/app/developer-apps/<app_id>": "one of them",
    "/app/developer-apps/<app_id>/delete": "one of them",
    "/app/developer-apps/<app_id>/edit": "one of them",
    "/app/developer-apps/<app_id>/secret": "one of them",
    "/app/developer-apps/new": "for an organization that is chosen on the page",
    "/app/organization": "looking at another organization of one's own",
    "/app/organizations/new": "everybody may make one",
    "/app/pay/<purchase_id>": "asks whoever's key or app wants to buy, and shows it to nobody else",
    "/app/search": "finds only what its reader may open",
    "/app/set-up": "the part of the overview that says how far one is",
    "/app/settings": "one's own name and time zone",
    "/app/settings/authenticator": "one's own",
    "/app/settings/authenticator/remove": "one's own",
    "/app/settings/codes": "one's own recovery codes",
    "/app/settings/email": "one's own address",
    "/app/settings/linked/<provider>/unlink": "one's own account elsewhere",
    "/app/settings/passkeys/<passkey_id>": "one's own",
    "/app/settings/passkeys/<passkey_id>/remove": "one's own",
    "/app/settings/passkeys/new": "one's own",
    "/app/settings/passkeys/new/options": "one's own",
    "/app/settings/password": "one's own",
    "/app/settings/security": "one's own",
    "/app/settings/sessions": "one's own browsers",
    "/app/settings/sessions/<session_id>/end": "one of them",
    "/app/settings/account": "one's own account",
    "/app/settings/account/delete": "one's own account",
    "/app/settings/organization": "what is set is everybody's to read; each part has its right",
    "/app/start": "one's own key prefix",
    "/app/team": "who belongs is everybody's to read; inviting has its right",
    "/app/team/leave": "leaving by oneself",
}
FORM = {"role": "member", "sure": "yes", "name": "x", "email": "x@example.com", "days": "30"}
NAMES = {"provider"}  # arguments that are words of ours and name nothing of anybody's
ELSEWHERE = {"/claim/<organization_id>", "/invitation/<invitation_id>"}  # objects outside /app


# What even the right role is answered, and why.
ODD = {
    "/app/runs/compare": 422,  # nothing was chosen
    "/app/runs/<handle>/delete": 403,  # somebody else's run
    "/app/billing/invoices/<payment_id>": 404,  # the provider has none of a payment made up here
}


class Route(NamedTuple):
    """One method of one rule, and what its view takes."""

    rule: str
    method: str
    endpoint: str
    arguments: frozenset[str]
    right: Right | None

    def path(self, facts: dict[str, str]) -> str:
        """The address with these things in it."""
        missing = self.arguments - facts.keys()
        assert not missing, f"say in `foreign` what another organization's {missing} is"
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: facts[found[1]], self.rule)


def routes(polis, *, also=frozenset()) -> Iterator[Route]:
    for rule in polis.app.url_map.iter_rules():
        if rule.rule.startswith("/app/") or rule.rule in also:
            right = right_of(polis.app.view_functions[rule.endpoint])
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield Route(rule.rule, method, rule.endpoint, frozenset(rule.arguments), right)


def right_of(view) -> Right | None:
    """What `place.require` wrote on the view, however much is wrapped around it."""
    found = []
    unwrap(view, stop=lambda each: found.append(vars(each).get("right")))
    return next((each for each in found if each is not None), None)


def ask(visitor: Visitor, route: Route, facts: dict[str, str]):
    path = route.path(facts)
    return visitor.open(path) if route.method == "GET" else visitor.send(path, **FORM)


@pytest.fixture
def foreign(team):
    """Real things of another organization, by the name of the argument they stand for."""
    return things(Team(team.polis))


def things(other: Team) -> dict[str, str]:
    """Real things of an organization, by the name of the argument they stand for."""
    who = other.owner.who
    program, jonas = agent(other), other.add("member")
    here = Member(who.user_id, other.id, "", "")
    oauth.approved(other.services, here, oauth.client(other.services))
    other.owner.send("/app/team/invitations", email="else@example.com", role="member")
    run_id = other.polis.complete_run(program)
    with other.services.transaction() as session:
        rows = foreign_rows.added(session, other.id, who.user_id, run_id)
    return rows | {
        "organization_id": other.id,
        "user_id": jonas.who.user_id,
        "export_id": an_export(other).rpartition("/")[2],
        "app_id": an_app(other),
        **of_rows(other),
        "key_id": a_key(other, jonas),
    }


def of_rows(other) -> dict[str, str]:
    with other.services.database.reading() as session:
        grant = session.scalar(select(Grant).where(Grant.organization_id == other.id))
        invited = select(Invitation.id).where(Invitation.organization_id == other.id)
        invitation = session.scalar(invited)
    return {"grant_id": grant.id, "key": grant.app, "invitation_id": invitation}


def a_key(other, whose) -> str:
    with other.services.transaction() as session:
        made = keys.create(
            session, other.id, user_id=whose.who.user_id, name="theirs", now=clock.now()
        )
    return made.id


def an_app(other) -> str:
    app = App(
        name="Theirs", redirect_uris=("https://a.example/cb",), confidential=True, scopes=("mcp",)
    )
    client = oauth.client(other.services, name=app.name, redirect_uris=list(app.redirect_uris))
    with other.services.transaction() as session:
        row = session.get_one(Client, client.id)
        row.kind, row.organization_id = "developer", other.id
    return client.id


def rows_of(team, organization_id: str) -> dict[str, list[str]]:
    """Everything an organization has, its log apart."""
    found = {}
    with team.services.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.column.table.name == "organizations" and table.name != "sessions":
                    mine = select(table).where(key.parent == organization_id)
                    found[table.name] = sorted(map(str, session.execute(mine)))
    return found


def test_every_route_takes_a_right_or_is_everybodys_on_purpose(polis):
    unlisted = {
        route.rule
        for route in routes(polis)
        if route.right is None and route.rule not in EVERYBODYS
    }
    assert unlisted == set(), "guard with place.require(Right…), or list in EVERYBODYS"


def test_the_right_is_read_through_whatever_wraps_a_view(polis):
    guarded = {route.rule: route.right for route in routes(polis)}
    assert guarded["/app/audit"] is Right.AUDIT_LOG
    assert guarded["/app/team/<user_id>/role"] is Right.CHANGE_ROLES
    assert guarded["/app/team"] is None


@pytest.mark.parametrize("role", ROLES[:-1])
def test_a_role_below_the_right_is_refused_and_nothing_changes(team, foreign, role):
    visitor, before = team.add(role), rows_of(team, team.id)
    own = {"user_id": team.owner.who.user_id}
    answers = {
        (route.rule, route.method): ask(visitor, route, {**foreign, **own}).status_code
        for route in routes(team.polis)
        if route.right is not None and ROLES.index(RIGHTS[route.right]) > ROLES.index(role)
    }
    assert len(answers) > 5
    assert {each: status for each, status in answers.items() if status != 403} == {}
    assert rows_of(team, team.id) == before


@pytest.mark.parametrize("role", ROLES)
def test_the_least_role_of_a_right_opens_each_of_its_pages(team, role):
    visitor = team.add(role)
    own = things(team) | of_ones_own(team, visitor)
    answers = {
        route.rule: status_of(ask(visitor, route, own))
        for route in routes(team.polis)
        if route.method == "GET" and route.right is not None and RIGHTS[route.right] == role
    }
    assert len(answers) > 2
    odd = {rule: status for rule, status in answers.items() if status not in {200, 303}}
    assert odd == {rule: status for rule, status in ODD.items() if rule in answers}


def status_of(answer) -> int:
    """The status alone: the file of an export is let go of."""
    answer.close()
    return answer.status_code


def of_ones_own(team, visitor) -> dict[str, str]:
    """A key and a connection of a member's: those of others take a higher role."""
    here = Member(visitor.who.user_id, team.id, "", "")
    oauth.approved(team.services, here, oauth.client(team.services))
    with team.services.database.reading() as session:
        mine = Grant.user_id == visitor.who.user_id, Grant.organization_id == team.id
        row = session.scalars(select(Grant).where(*mine)).one()
    return {"key_id": a_key(team, visitor), "grant_id": row.id, "key": row.app}


def test_an_owner_opens_every_page(team):
    answers = {
        route.rule: team.owner.open(route.rule).status_code
        for route in routes(team.polis)
        if route.method == "GET" and not route.arguments
    }
    assert answers.pop("/app/runs/compare") == 422  # nothing was chosen
    assert {rule: status for rule, status in answers.items() if status not in {200, 303}} == {}


def test_whoever_is_not_signed_in_signs_in_first(team, foreign):
    stranger = Visitor(team.polis)
    answers = {}
    for route in routes(team.polis, also=ELSEWHERE):
        stranger.open("/login")  # a form token of their own
        answer = ask(stranger, route, foreign)
        answers[route.rule, route.method] = (answer.status_code, (answer.location or "")[:6])
    assert {each: got for each, got in answers.items() if got != (303, "/login")} == {}


def test_s21_whatever_belongs_to_another_organization_does_not_exist(team, foreign, measured):
    theirs = foreign["organization_id"]
    before = rows_of(team, theirs)
    answers = {}
    for route in routes(team.polis, also=ELSEWHERE):
        if route.arguments - NAMES:
            answers[route.rule, route.method] = ask(team.owner, route, foreign).status_code
    assert len(answers) > 15
    others = {each: status for each, status in answers.items() if status != 404}
    measured("S21", "addresses that name an object of another organization", len(answers))
    measured("S21", "answers other than 404", len(others))
    assert others == {}
    assert rows_of(team, theirs) == before
