"""A proved person with a password, or without one."""

from app.domain import passwords, sign_in
from tests.factories import member
from tests.tools.installation import Installation
from tests.web.account.browser import PASSWORD


def somebody(polis: Installation, email: str, password: str | None = PASSWORD) -> str:
    """The address of somebody who is here already."""
    who = member(polis.services, email=email, verified=True)
    polis.organizations.append(who.organization_id)
    if password is not None:
        digest = passwords.hash_password(password)
        with polis.services.transaction() as session:
            assert sign_in.confirm(session, sign_in.candidate(session, email), digest)
    return email
