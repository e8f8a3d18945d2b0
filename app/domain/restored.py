"""What a restored database must not bring back: whatever let somebody in when it was backed up.

Sessions, links and codes end always. What an organization made for its programs goes on unless
asked: with `credentials` it ends too, since what was revoked after the backup lives in it.
"""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain import audit
from app.models.clients import Client, ClientSecret
from app.models.credentials import ApiKey, SignInSession
from app.models.factors import PasskeyChallenge, SecondStep
from app.models.grants import AuthorizationCode, Consent, ConsentForm, DeviceRequest, Grant
from app.models.invitations import Invitation
from app.models.shares import ShareLink
from app.models.sign_in import MailedLink
from app.models.work import Work, WorkerBeat

BECAUSE = "restored"


class Ended(NamedTuple):
    """How many of each were alive in the backup."""

    sessions: int
    links: int  # mailed, and of invitations
    codes: int  # of apps and devices, and half-done sign-ins and approvals
    keys: int = 0
    connections: int = 0
    secrets: int = 0  # of clients, and tokens of their registrations
    shares: int = 0


def end(session: Session, now: datetime, *, credentials: bool, backup: str) -> Ended:
    """End it all in one transaction, and write down that it was done."""
    ended = Ended(_sessions(session, now), _links(session, now), _codes(session, now))
    if credentials:
        ended = _credentials(session, ended, now)
    _let_go_of_work(session)
    facts = {"file": backup[:200], **ended._asdict()}
    by, chain = audit.OPERATOR, audit.INSTALLATION
    audit.record(session, chain, by, "installation.restored", chain, facts, now)
    return ended


def _sessions(session: Session, now: datetime) -> int:
    living = SignInSession.revoked_at.is_(None), SignInSession.expires_at > now
    return changed(session, update(SignInSession).where(*living).values(revoked_at=now))


def _links(session: Session, now: datetime) -> int:
    """An invitation stays: whoever sent it sends it again."""
    mailed = MailedLink.used_at.is_(None), MailedLink.expires_at > now
    links = changed(session, update(MailedLink).where(*mailed).values(expires_at=now))
    sent = update(Invitation).where(Invitation.digest.is_not(None))
    return links + changed(session, sent.values(digest=None))


def _codes(session: Session, now: datetime) -> int:
    count = changed(session, delete(PasskeyChallenge))
    for table in (SecondStep, ConsentForm, AuthorizationCode, DeviceRequest):
        living = table.used_at.is_(None), table.expires_at > now
        count += changed(session, update(table).where(*living).values(expires_at=now))
    return count


def _credentials(session: Session, ended: Ended, now: datetime) -> Ended:
    """Every organization reads in its own log how many of its own ended."""
    keys = update(ApiKey).where(ApiKey.revoked_at.is_(None)).values(revoked_at=now)
    of_keys = Counter(session.scalars(keys.returning(ApiKey.organization_id)))
    grants = update(Grant).where(Grant.ended_at.is_(None))
    grants = grants.values(ended_at=now, ended_because=BECAUSE)
    of_grants = Counter(session.scalars(grants.returning(Grant.organization_id)))
    changed(session, delete(Consent))
    shares = update(ShareLink).where(ShareLink.revoked_at.is_(None)).values(revoked_at=now)
    of_shares = Counter(session.scalars(shares.returning(ShareLink.organization_id)))
    for organization_id in sorted(of_keys.keys() | of_grants.keys() | of_shares.keys()):
        facts = {
            "keys": of_keys[organization_id],
            "connections": of_grants[organization_id],
            "shares": of_shares[organization_id],
        }
        by, chain = audit.OPERATOR, organization_id
        audit.record(session, chain, by, "organization.restored", chain, facts, now)
    return ended._replace(
        keys=of_keys.total(),
        connections=of_grants.total(),
        secrets=_client_secrets(session, now),
        shares=of_shares.total(),
    )


def _client_secrets(session: Session, now: datetime) -> int:
    living = update(ClientSecret).where(ClientSecret.revoked_at.is_(None))
    registered = update(Client).where(Client.registration_digest.is_not(None))
    return changed(session, living.values(revoked_at=now)) + changed(
        session, registered.values(registration_digest=None)
    )


def _let_go_of_work(session: Session) -> None:
    """Nobody who held work when it was backed up is there any more."""
    session.execute(update(Work).where(Work.ended_at.is_(None)).values(lease_until=None))
    session.execute(delete(WorkerBeat))
