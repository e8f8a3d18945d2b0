"""Somebody with so many rows of everything, and the pages the dashboard's bench asks for."""

import sys
import time
from datetime import timedelta
from urllib.parse import quote

from sqlalchemy import insert, select

from app.domain import keys
from app.domain.wallets import Wallet
from app.kit import clock, ids
from app.models.accounts import User
from app.models.audit import AuditEvent, AuditHead
from app.models.grants import Grant
from tests import oauth
from tests.factories import Member
from tests.filling import Owner, fill
from tests.plan_begun import begin_plan
from tests.tools.installation import Installation
from tests.web.account.browser import Visitor
from tests.web.account.somebody import somebody

_ACTS = ("key.created", "run.deleted", "app.connected")
_AT_ONCE = 5_000


def visitor(polis: Installation, name: str, runs: int, entries: int) -> Visitor:
    """Somebody signed in to an organization with so many rows, on a plan that began within a day."""
    services, now, began = polis.services, clock.now(), time.perf_counter()
    found = Visitor(polis)
    found.sign_in(somebody(polis, f"{name}@example.com"))
    organization, mode = polis.organizations[-1], services.settings.payment_mode
    start = clock.day_start(now) - timedelta(days=12, hours=7)
    with services.transaction() as session:
        user = session.scalars(select(User.id).where(User.email == f"{name}@example.com")).one()
        made = [_key(session, organization, user, f"key {n}") for n in range(4)]
        asks = _key(session, organization, user, "asks")
        wallet, end = Wallet(organization, "live", mode), start + timedelta(days=30)
        begin_plan(session, wallet, "scale", start=start, end=end, cause=f"plan:{name}", now=now)
    found.user_id = user
    found.subjects = tuple(f"key:{each.id}" for each in made)
    fill(services.database, Owner(organization, user, found.subjects, mode), runs, entries, now)
    who = Member(user, organization, asks.secret, asks.id)
    found.places = {
        "key": made[0].id,
        "report": polis.complete_run(polis.as_(who), persona_count=100),
        **_connected(polis, who, name),
    }
    _acts(services.database, organization, user, runs * 2)
    print(f"filled {name} in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return found


def _key(session, organization: str, user: str, name: str):
    return keys.create(
        session, organization, user_id=user, name=name, now=clock.now(), monthly_cap_tokens=9_000
    )


def _connected(polis: Installation, who: Member, name: str) -> dict[str, str]:
    """An app with one connection."""
    oauth.approved(polis.services, who, oauth.client(polis.services, name=f"App of {name}"))
    theirs = select(Grant).where(Grant.organization_id == who.organization_id)
    with polis.services.database.reading() as session:
        grant = session.scalars(theirs).one()
        return {"organization": grant.organization_id, "app": grant.app, "connection": grant.id}


def _acts(database, organization: str, user: str, how_many: int) -> None:
    """Entries of the log behind those there are; nobody checks this chain."""
    now, nothing = clock.now(), b"0" * 32
    with database.transaction() as session:
        head = session.get_one(AuditHead, organization)
        first, head.number = head.number + 1, head.number + how_many
    for piece in range(0, how_many, _AT_ONCE):
        rows = [
            {
                "chain": organization, "number": first + n, "actor": user, "action": _ACTS[n % 3],
                "subject": f"key_{n}", "details": {}, "at": now, "previous": nothing, "digest": nothing,
            }
            for n in range(piece, min(piece + _AT_ONCE, how_many))
        ]  # fmt: skip
        with database.transaction() as session:
            session.execute(insert(AuditEvent), rows)


def pages() -> dict[str, str]:
    """Pages by name."""
    middle = ids.first_of("run", clock.milliseconds(clock.now() - timedelta(days=45)))[4:]
    last = f"{clock.month_start(clock.now()) - timedelta(days=1):%Y-%m}"
    return {
        "overview": "/app/",
        "runs": "/app/runs",
        "runs, in the middle": f"/app/runs?older={middle}",
        "runs, back from the middle": f"/app/runs?newer={middle}",
        "runs, failed": "/app/runs?state=failed",
        "runs, running": "/app/runs?state=running",
        "runs, by a busy key": "/app/runs?by={busy}",
        "runs, by a rare key": "/app/runs?by={rare}",
        "runs, failed, by a person": "/app/runs?state=failed&by={person}",
        "runs, failed, by a rare key": "/app/runs?state=failed&by={rare}",
        "runs, this month": "/app/runs?when=month",
        "runs, a word in every text": "/app/runs?q=season",
        "runs, a word in none": "/app/runs?q=zebra",
        "usage, this period": "/app/usage",
        "usage, last month": f"/app/usage?span={last}",
        "billing": "/app/billing",
        "statement": "/app/billing/statement",
        "statement, last month": f"/app/billing/statement?month={last}",
        "keys": "/app/keys",
        "one key": "/app/keys/{key}",
        "apps": "/app/apps",
        "one app": "/app/apps/{organization}/{app}",
        "one connection": "/app/connections/{connection}",
        "audit": "/app/audit",
        "audit, an act nobody did": "/app/audit?action=team.invited&actor={user}",
        "search, a name some have": "/app/search?q=Draft",
        "search, a name none has": "/app/search?q=zebra",
        "team": "/app/team",
        "shares": "/app/shares",
        "report": "/app/runs/{report}",
        "new test": "/app/new",
        "settings": "/app/settings/organization",
    }


def addressed(found: Visitor, path: str) -> str:
    """A page of somebody's own things."""
    busy, *_, rare = found.subjects
    person = f"user:{found.user_id}"
    facts = {"busy": busy, "rare": rare, "person": person, "user": found.user_id, **found.places}
    return path.format(**{name: quote(each) for name, each in facts.items()})
