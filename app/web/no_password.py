"""Who is told that they have no password: everybody at home, elsewhere whoever has just lost it."""

from flask import request

from app.web import marks, signed_in
from app.web.signed_in import HOME


def told() -> str:
    """`lost` where a proof of the address took it, `none` where there is none; empty: not told."""
    person = signed_in.current()
    if person is None or person.has_password:
        return ""
    if marks.lost_password(person.user_id):
        return "lost"
    return "none" if request.path == HOME else ""
