"""Leaving an organization and being removed from it: what ends, and what is kept."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain import audit, endings, invitations, keys, rights, roles, sessions
from app.domain.grants import end
from app.domain.rights import NotAllowed, Right
from app.errors import Conflict, NotFound
from app.models.accounts import Membership


class Kept(NamedTuple):
    """A key that goes on under another secret, known to us only now."""

    name: str
    secret: str


def leave(session: Session, user_id: str, organization_id: str, now: datetime) -> None:
    """Leave an organization, and all one had in it; the last owner cannot."""
    place = rights.membership(session, user_id, organization_id)
    roles.keep_personal(session, place)
    roles.keep_an_owner(session, place)
    _end(session, place, frozenset(), user_id, now)
    audit.record(session, organization_id, user_id, "member.left", user_id, {}, now)


def remove(
    session: Session,
    actor_id: str,
    user_id: str,
    organization_id: str,
    keep: Collection[str],
    now: datetime,
) -> list[Kept]:
    """Remove a member; a key that is kept goes on as whoever removed them, under a new secret."""
    own = rights.require(session, actor_id, organization_id, Right.MEMBERS)
    place = rights.membership(session, user_id, organization_id)
    check_rank(actor_id, own, place)
    roles.keep_personal(session, place)
    roles.keep_an_owner(session, place)
    role = place.role
    kept = _end(session, place, keep, actor_id, now)
    facts = {"role": role, "keys_kept": len(kept)}
    audit.record(session, organization_id, actor_id, "member.removed", user_id, facts, now)
    return kept


def check_rank(actor_id: str, own: str, place: Membership) -> None:
    """Refuse whoever may not remove this member."""
    if place.user_id == actor_id:
        raise Conflict("Nobody removes themselves.", hint="Leave under /app/team/leave.")
    if not rights.reaches(own, place.role):
        raise NotAllowed("Nobody removes a role above their own.", hint="Ask an owner.")


def end_all(
    session: Session, organization_id: str, user_id: str, actor: str, now: datetime
) -> None:
    """End what lets somebody into an organization, their place in it apart."""
    for key in endings.keys(session, organization_id, user_id, now):
        keys.revoke(session, organization_id, key.id, actor=actor, now=now)
    _end_rest(session, organization_id, user_id, actor, now)


def _end(
    session: Session, place: Membership, keep: Collection[str], actor: str, now: datetime
) -> list[Kept]:
    """In one order, whoever does it: the place, keys, connections, browsers."""
    organization_id, user_id = place.organization_id, place.user_id
    _give_up(session, organization_id, user_id)
    theirs = endings.keys(session, organization_id, user_id, now)
    handed_on = [key for key in theirs if key.id in keep and not key.rolled]
    kept = [
        Kept(key.name, _handed_on(session, organization_id, key.id, actor, now))
        for key in handed_on
    ]
    for key in theirs:
        if key not in handed_on:
            keys.revoke(session, organization_id, key.id, actor=actor, now=now)
    _end_rest(session, organization_id, user_id, actor, now)
    sessions.leave(session, user_id, organization_id)
    return kept


def _give_up(session: Session, organization_id: str, user_id: str) -> None:
    """Two who remove one member at once meet here, and the second finds nobody."""
    key = (organization_id, user_id)
    place = session.get(Membership, key, with_for_update=True, populate_existing=True)
    if place is None:
        raise NotFound("There is no such member.", hint="See /app/team for those there are.")
    session.delete(place)
    session.flush()


def _end_rest(
    session: Session, organization_id: str, user_id: str, actor: str, now: datetime
) -> None:
    end.of_member(session, organization_id, user_id, now, actor=actor)
    invitations.revoke_by(session, organization_id, user_id, None, now, actor=actor)


def _handed_on(
    session: Session, organization_id: str, key_id: str, actor: str, now: datetime
) -> str:
    """Roll a key: its successor is the actor's, the old secret dies after the overlap."""
    made = keys.roll(session, organization_id, key_id, actor=actor, now=now)
    keys.find(session, organization_id, made.id).user_id = actor
    session.flush()
    return made.secret
