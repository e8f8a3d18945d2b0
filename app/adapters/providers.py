"""GitHub and Google as they sign people in: their addresses, and what they say of a person.

Authlib's Flask client keeps state, verifier and nonce and checks what comes back; what it asks
goes over our guarded network, to these hosts and no others.
"""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from app.domain.accounts import normal_email
from app.domain.fetching import NotFetched
from app.domain.identities import Told
from app.errors import InvalidInput
from app.settings import Settings

_USER = "https://api.github.com/user"
_EMAILS = "https://api.github.com/user/emails"
_CERTS = "https://www.googleapis.com/oauth2/v3/certs"


class Provider(NamedTuple):
    """Where a provider is asked."""

    authorize: str
    token: str
    scope: str
    more: dict[str, Any]


PROVIDERS = {
    "github": Provider(
        "https://github.com/login/oauth/authorize",
        "https://github.com/login/oauth/access_token",
        "read:user user:email",
        {},
    ),
    "google": Provider(
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
        "openid email profile",
        {
            "issuer": "https://accounts.google.com",
            "jwks_uri": _CERTS,
            "id_token_signing_alg_values_supported": ["RS256"],
        },
    ),
}
HOSTS = frozenset(
    urlsplit(address).hostname or ""
    for address in (_USER, _CERTS, *(each.token for each in PROVIDERS.values()))
)


class NotTold(Exception):
    """The provider did not sign anybody in, or said it in a way that proves nothing."""


def configured(settings: Settings) -> list[str]:
    """The providers an operator has set up."""
    return [name for name in PROVIDERS if all(_credentials(settings, name))]


def registered(app: Any, settings: Settings, transport: Callable[[], Any]) -> Any:
    """Authlib's registry of the providers that are set up, for a Flask application."""
    from authlib.integrations.flask_client import (  # noqa: PLC0415 # 200 ms, and few sign in so
        FlaskOAuth2App,
        OAuth,
    )
    from authlib.integrations.httpx_client import (  # noqa: PLC0415 # as above
        OAuth2Client,
    )

    class Guarded(FlaskOAuth2App):  # type: ignore[misc] # ships no types
        client_cls = OAuth2Client

    registry = OAuth(app)
    for name in configured(settings):
        its, (client_id, secret) = PROVIDERS[name], _credentials(settings, name)
        registry.register(
            name,
            client_cls=Guarded,
            client_id=client_id,
            client_secret=secret,
            authorize_url=its.authorize,
            access_token_url=its.token,
            client_kwargs={
                "scope": its.scope,
                "code_challenge_method": "S256",
                "transport": transport(),
                "follow_redirects": False,
                "trust_env": False,
            },
            **its.more,
        )
    return registry


def told(client: Any) -> Told:
    """Whom a provider has signed in, by the answer that brought the browser back."""
    from authlib.common.errors import (  # noqa: PLC0415 # as above
        AuthlibBaseError,
    )
    from httpx2 import HTTPError  # noqa: PLC0415 # as above
    from joserfc.errors import JoseError  # noqa: PLC0415 # as above

    try:
        token = client.authorize_access_token(claims_options=_expected(client))
        return _READ[client.name](client, token)
    except (AuthlibBaseError, JoseError, HTTPError, NotFetched) as error:
        raise NotTold(type(error).__name__) from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:  # an answer of any shape
        raise NotTold("unreadable") from error


def _expected(client: Any) -> dict[str, Any]:
    """Of an id_token: who wrote it, and for whom."""
    return {
        "iss": {"essential": True, "value": client.server_metadata.get("issuer")},
        "aud": {"essential": True, "value": client.client_id},
    }


def _github(client: Any, token: dict[str, Any]) -> Told:
    user = _asked(client, _USER, token)
    proved = [
        each["email"]
        for each in _asked(client, _EMAILS, token)
        if each["primary"] is True and each["verified"] is True
    ]
    subject = user["id"]
    if not isinstance(subject, int):
        raise TypeError(subject)
    return Told("github", str(subject), str(user["login"]), _address(proved))


def _google(_client: Any, token: dict[str, Any]) -> Told:
    claims = token["userinfo"]
    email = str(claims.get("email", ""))
    proved = [email] if email and claims.get("email_verified") is True else []
    return Told("google", str(claims["sub"]), email, _address(proved))


def _asked(client: Any, url: str, token: dict[str, Any]) -> Any:
    answer = client.get(url, token=token, headers={"Accept": "application/vnd.github+json"})
    answer.raise_for_status()
    return answer.json()


def _address(proved: list[str]) -> str | None:
    try:
        return normal_email(proved[0]) if proved else None
    except InvalidInput:  # an address we write to nobody at
        return None


def _credentials(settings: Settings, name: str) -> tuple[str, str]:
    return {
        "github": (settings.github_client_id, settings.github_client_secret),
        "google": (settings.google_client_id, settings.google_client_secret),
    }[name]


_READ = {"github": _github, "google": _google}
