"""Stripe's refusals, as its error reference words and types them."""

from typing import Any


class Problem(Exception):
    """An answer that is an error object."""

    status = 400
    kind = "invalid_request_error"

    def __init__(
        self, message: str, *, param: str | None = None, code: str | None = None, **more: Any
    ) -> None:
        super().__init__(message)
        self.facts = {"message": message, "type": self.kind, "param": param, "code": code, **more}

    def body(self) -> dict[str, Any]:
        """The error object, without what has nothing to say."""
        facts = {name: value for name, value in self.facts.items() if value is not None}
        if code := facts.get("code"):
            facts["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
        return {"error": facts}


class Malformed(Problem):
    """Refused before anything was tried; an idempotency key is not used up by it."""


class Unauthorized(Malformed):
    """No key, or one of another mode."""

    status = 401


class Missing(Problem):
    """No such thing: 404 where it is what was asked for, 400 where it is a parameter."""

    def __init__(self, noun: str, identifier: str, param: str = "id", status: int = 404) -> None:
        super().__init__(f"No such {noun}: '{identifier}'", param=param, code="resource_missing")
        self.status = status


class NoSuchUrl(Malformed):
    """A path that is none of Stripe's, or none that is played."""

    status = 404


class InUse(Malformed):
    """The same idempotency key is at work in another request."""

    status = 409
    kind = "idempotency_error"


class KeyReused(Malformed):
    """An idempotency key with another request than its first."""

    kind = "idempotency_error"


class CardRefused(Problem):
    """The bank says no."""

    status = 402
    kind = "card_error"


class NotPlayed(Malformed):
    """Stripe knows it, this process does not act on it: loud, so that no test passes by accident."""

    status = 501
    kind = "api_error"
