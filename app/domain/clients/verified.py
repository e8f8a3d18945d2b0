"""Which clients are what they say: by a host of a known vendor, or by the operator's word."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import audit
from app.domain.clients import names, redirects, vendors
from app.errors import NotFound
from app.models.clients import Client
from app.models.grants import Grant


def is_verified(row: Client) -> bool:
    """Whether nobody but the owner of the name can receive this client's codes.

    A vendor's own document vouches for its name, and not for whoever waits on a person's computer
    for a code that is sent there. Whoever registers, or makes an app in the dashboard, may name any
    vendor's address beside any name at all: only the vendor's own name is vouched for by it.
    """
    if row.verified_at is not None:
        return True
    if row.kind == "document":
        known = vendors.of_host(urlsplit(row.client_id).hostname or "") is not None
        return known and all(redirects.kind(uri) == "https" for uri in row.redirect_uris)
    reaches = bool(row.redirect_uris) and all(map(_reaches_a_vendor, row.redirect_uris))
    return reaches and _has_its_name(row)


def was_verified(row: Client, grant: Grant) -> bool:
    """Whether what somebody approved is verified: an app that changed since is another one."""
    return grant.client_revision == row.revision and is_verified(row)


def mark(session: Session, client_id: str, now: datetime, *, verified: bool = True) -> str:
    """Vouch for a client, or no longer; gives its name."""
    row = session.scalar(select(Client).where(Client.client_id == client_id))
    if row is None or row.ended_at is not None:
        raise NotFound("There is no such client.", hint="Give its client_id as it sends it.")
    row.verified_at = now if verified else None
    chain = row.organization_id or audit.INSTALLATION
    facts = {"client": client_id, "name": row.name, "verified": verified}
    audit.record(session, chain, audit.OPERATOR, "app.verified", row.id, facts, now)
    return row.name


def _reaches_a_vendor(uri: str) -> bool:
    return redirects.kind(uri) == "https" and vendors.proves(redirects.place(uri))


def _has_its_name(row: Client) -> bool:
    named = names.vendor_of(row.name)
    return all(vendors.of_host(redirects.place(uri)) is named for uri in row.redirect_uris)
