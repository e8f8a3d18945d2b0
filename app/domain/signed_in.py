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
