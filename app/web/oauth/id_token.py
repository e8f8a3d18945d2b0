"""The id_token beside the tokens of a code, where `openid` was granted."""

from datetime import datetime

from app.domain.clients.known import KnownClient
from app.domain.grants import id_tokens
from app.domain.grants.answers import SignInFacts, Tokens
from app.web.oauth import signing_keys
from app.web.oauth.program import Program


def signed(
    asking: Program, client: KnownClient, made: Tokens, facts: SignInFacts, now: datetime
) -> str:
    """A signed statement of who approved, in the algorithm the client registered."""
    from app.domain import signing  # noqa: PLC0415 # 33 ms most requests need not pay

    its = asking.services
    signing_keys.ready(its, now)
    with its.database.reading() as session:
        key = id_tokens.signer(session, client, now)
        claims = id_tokens.claims(session, asking.base, client, made, facts, now)
    return signing.sign(key, claims, its.links.keys)
