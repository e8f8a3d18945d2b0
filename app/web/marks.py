"""What a browser's signed cookie remembers of it besides its form token; it lets nobody in."""

from flask import session

from app.kit import ids

_SIGNED_UP, _PEOPLE, _TOKEN, _PASSKEYS = "browser", "people", "csrf_token", "passkeys"
_LOST = "lost"
_MOST_PEOPLE = 5


def of_sign_up() -> str:
    """The mark of the browser that signs up: a proof from the same one removes nothing."""
    session.permanent = True
    session.setdefault(_SIGNED_UP, ids.new("brw"))
    return signed_up()


def signed_up() -> str:
    """The mark this browser was given, or nothing."""
    return str(session.get(_SIGNED_UP, ""))


def of_passkeys() -> str:
    """The mark this browser's challenges are bound to."""
    session.setdefault(_PASSKEYS, ids.new("brw"))
    return str(session[_PASSKEYS])


def loses_password(user_id: str) -> None:
    """Remember whose password went with the proof this browser brought."""
    session[_LOST] = user_id


def lost_password(user_id: str) -> bool:
    """Whether it was this person's, and they have not signed out since."""
    return session.get(_LOST) == user_id


def knows(user_id: str) -> bool:
    """Whether a person has signed in by this browser before."""
    return user_id in session.get(_PEOPLE, ())


def entered(user_id: str) -> None:
    """Remember a person who signs in; forms of before are not theirs."""
    others = [each for each in session.get(_PEOPLE, ()) if each != user_id]
    session.permanent = True
    session[_PEOPLE] = [user_id, *others][:_MOST_PEOPLE]
    session.pop(_TOKEN, None)


def left() -> None:
    """Forget what belongs to whoever signs out; the browser stays known to them."""
    session.pop(_TOKEN, None)
    session.pop(_SIGNED_UP, None)
    session.pop(_LOST, None)
