"""People of an organization, browsers whose sign-in is not fresh, and what the log of acts says."""

from datetime import timedelta

from sqlalchemy import select, update

from app.domain.sessions import FRESH
from app.kit import clock
from app.models.accounts import Membership
from app.models.audit import AuditEvent
from app.models.credentials import SignInSession
from app.models.grants import Consent, Grant
from tests.web.oauth.visitor import fields, visitor


def colleague(polis, of, role, **facts):
    """Somebody else's browser, which looks at this person's organization in a role there."""
    other = visitor(polis, **facts)
    belongs(polis, other, of, role)
    return other


def belongs(polis, other, of, role):
    """Give somebody a role in another's organization, which their browser looks at from now on."""
    mine = SignInSession.user_id == other.who.user_id
    with polis.services.transaction() as session:
        session.add(
            Membership(
                organization_id=of.who.organization_id,
                user_id=other.who.user_id,
                role=role,
                created_at=clock.now(),
            )
        )
        looks_at = update(SignInSession).where(mine)
        session.execute(looks_at.values(organization_id=of.who.organization_id))


def stale(browser):
    """The same browser ten minutes after its person showed who they are."""
    with browser.services.transaction() as session:
        mine = SignInSession.user_id == browser.who.user_id
        shown = clock.now() - FRESH - timedelta(seconds=1)
        session.execute(update(SignInSession).where(mine).values(authenticated_at=shown))
    return browser


def token(browser):
    """The form token of a browser, from a page that always has a form."""
    return {"csrf_token": fields(browser.get("/app/apps"))["csrf_token"]}


def press(browser, path, **form):
    """Send a form of ours."""
    return browser.post(path, {**token(browser), **form})


def acts(services, subject):
    """What was done to something, in order."""
    with services.database.reading() as session:
        found = select(AuditEvent).where(AuditEvent.subject == subject)
        return list(session.scalars(found.order_by(AuditEvent.number)))


def grant_of(services, grant_id):
    with services.database.reading() as session:
        return session.get_one(Grant, grant_id)


def consents_of(services, who):
    with services.database.reading() as session:
        return list(session.scalars(select(Consent).where(Consent.user_id == who.user_id)))
