"""What a mail's work becomes when it is sent: a letter, with its link if it has one."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import outbox
from app.domain import invitations, invited, mailed_links, mails
from app.domain.letters import LETTERS
from app.errors import Kind, PolisError
from app.kit import ids
from app.models.accounts import User

INVITATION = "invitation"

# A mail server may be away for longer than work is tried; what was asked for is still wanted.
_AGAIN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))


class NotSent(PolisError):
    """The mail did not leave; it can be tried again."""

    kind = Kind.UNAVAILABLE
    code = "unavailable"


class Mail(NamedTuple):
    """A mail as it leaves us."""

    id: str
    recipient: str
    subject: str
    body: str


def link_for(session: Session, payload: dict[str, Any], now: datetime) -> str | None:
    """The secret of a letter's link, minted now; None where nobody is to get this letter."""
    letter, recipient, facts = LETTERS[payload["purpose"]], payload["recipient"], payload["facts"]
    purpose = letter.link
    if letter.product and declines(session, recipient):
        return None
    if not purpose:
        return ""
    if purpose == INVITATION:
        return invited.mint(session, facts["invitation"], now) or None
    return mailed_links.mint(session, purpose, recipient, facts, now) or None


def declines(session: Session, recipient: str) -> bool:
    """Whether whoever has this address chose to get only mail about safety."""
    off = select(User.product_mails_off_at).where(User.email == recipient)
    return session.scalar(off) is not None


def written(payload: dict[str, Any], mail_id: str, secret: str, base_url: str) -> Mail:
    """The letter itself."""
    letter = LETTERS[payload["purpose"]]
    invites = letter.link == INVITATION
    door = "invite" if invites else "link"
    more = {
        "base_url": base_url,
        "link": f"{base_url}/{door}/{secret}",
        "life": _spoken(invitations.LIFE if invites else mailed_links.life(letter.link)),
    }
    return Mail(mail_id, payload["recipient"], *letter.written({**payload["facts"], **more}))


def try_later(session: Session, payload: dict[str, Any], now: datetime) -> None:
    """Record a mail again that could not be sent, until it has been tried for hours."""
    tried = payload.get("tried", 0)
    if tried < len(_AGAIN):
        outbox.record(
            session,
            mails.KIND,
            {**payload, "tried": tried + 1},
            key=f"mail:{ids.new('mail')}",
            now=now,
            due=now + _AGAIN[tried],
        )


def _spoken(life: timedelta) -> str:
    return f"{life.days} days" if life.days else f"{life // timedelta(minutes=1)} minutes"
