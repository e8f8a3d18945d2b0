"""Consent pages that were shown: each answers one request, in one browser, once, for 10 minutes."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain.grants.request import AuthorizationRequest
from app.errors import Conflict, Kind, PolisError
from app.kit import secrets
from app.models.grants import ConsentForm

LIFE = timedelta(minutes=10)
_KIND = "polis_cf_"


class FormLost(PolisError):
    """No page of this browser stands behind what was posted."""

    kind = Kind.INVALID
    code = "form_lost"


class FormUsed(Conflict):
    """The page was answered before."""

    code = "form_used"


class Shown(NamedTuple):
    """What a page showed: the request, and the client as it was then."""

    request: AuthorizationRequest
    client_revision: int


def show(session: Session, shown: Shown, session_id: str, now: datetime) -> str:
    """Keep a checked request with the page that shows it; the page carries only this secret."""
    secret = secrets.mint(_KIND)
    form = ConsentForm(
        digest=secrets.digest(secret),
        session_id=session_id,
        request={"of": shown.request._asdict(), "revision": shown.client_revision},
        expires_at=now + LIFE,
    )
    session.add(form)
    session.flush()
    return secret


def read(session: Session, secret: str, session_id: str, now: datetime) -> Shown:
    """What a page of this browser showed; answered ones are read too."""
    kept = session.scalar(select(ConsentForm.request).where(*_living(secret, session_id, now)))
    if kept is None:
        raise FormLost(
            "This page is too old, or it was opened by somebody else.",
            hint="Start again in the app you came from.",
        )
    return Shown(_request(kept["of"]), kept["revision"])


def use(session: Session, secret: str, session_id: str, now: datetime) -> None:
    """Answer a page: of two that try, one does."""
    unused = (*_living(secret, session_id, now), ConsentForm.used_at.is_(None))
    if changed(session, update(ConsentForm).where(*unused).values(used_at=now)) != 1:
        raise FormUsed("This was answered before.", hint="Go back to the app you came from.")


def forget_old(session: Session, now: datetime) -> int:
    """Drop pages nobody can answer any more."""
    return changed(session, delete(ConsentForm).where(ConsentForm.expires_at <= now))


def _living(secret: str, session_id: str, now: datetime) -> tuple[Any, ...]:
    return (
        ConsentForm.digest == secrets.digest(secret),
        ConsentForm.session_id == session_id,
        ConsentForm.expires_at > now,
    )


def _request(kept: dict[str, Any]) -> AuthorizationRequest:
    lists = {name: tuple(value) for name, value in kept.items() if isinstance(value, list)}
    return AuthorizationRequest(**{**kept, **lists})
