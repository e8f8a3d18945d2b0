"""The person behind a browser's session."""

from datetime import datetime
from typing import NamedTuple


class SignedIn(NamedTuple):
    """Who is signed in, by which session, and since when."""

    session_id: str
    user_id: str
    email: str
    name: str
    verified: bool  # the address was proved
    authenticated_at: datetime  # the last time they showed who they are
    time_zone: str = "UTC"
    organization_id: str | None = None  # the one this browser looks at; None: their own
    deletion_due_at: datetime | None = None  # of their account, which they may undo until then
    has_password: bool = True
