"""Stripe's SDK as this folder calls it: made when first used, its errors turned into ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NoReturn, Protocol, TypeVar

from app.domain.billing.biller import BillerAway, NoSuchObject, NotOurMoney, PaymentDeclined
from app.kit import ids, logs

if TYPE_CHECKING:
    import stripe

API_VERSION: Final = "2026-10-28.endive"  # as the SDK pins it: we read these shapes and no others
LIVE = "stripe_live"
TIMEOUT_S = 20  # Stripe may have a bank to ask first
RETRIES = 2  # with the same key each
KEY_REUSED = "idempotency_error"  # the same key came with another request

_log = logs.logger("stripe")


class Refused(BillerAway):
    """Stripe understood and said no; `reason` is its code for that, such as `charge_disputed`."""

    def __init__(self, reason: str) -> None:
        super().__init__("Stripe refused what was asked of it.", hint="Its reason is in our log.")
        self.reason = reason


class _OfOneMode(Protocol):
    livemode: bool


_Thing = TypeVar("_Thing", bound=_OfOneMode)


class Client:
    """Stripe's API with one key, of one payment mode."""

    def __init__(
        self, secret_key: str, mode: str, *, api_base: str = "", timeout_s: int = TIMEOUT_S
    ) -> None:
        self._live = mode == LIVE
        self._sdk = partial(_sdk, secret_key, api_base, timeout_s)

    @contextmanager
    def asking(self) -> "Iterator[stripe.V1Services]":
        """The API; whatever goes wrong within is raised in our words."""
        import stripe  # noqa: PLC0415 # 100 ms and 20 MB that most processes never need

        try:
            yield self._sdk().v1
        except stripe.StripeError as error:
            _explain(error)

    def ours(self, thing: _Thing) -> _Thing:
        """What was read, unless it is of another payment mode than we are."""
        if thing.livemode is not self._live:
            raise NotOurMoney(
                "The key of Stripe is of another mode than this installation.", hint=_OPERATOR
            )
        return thing


def key(*parts: str) -> "stripe.RequestOptions":
    """Options under which a request is done once, whoever repeats it within a day."""
    return {"idempotency_key": ":".join(parts)}


def once(*parts: str) -> "stripe.RequestOptions":
    """The same for a change that sets a state and may be wanted again: retries alone share it.

    Stripe answers a key it knows with its first answer and does nothing, so that an end, a change
    of mind and an end again under one key would leave the subscription going on.
    """
    return key(*parts, ids.new("req"))


@cache  # its connections are kept open, whoever asks
def _sdk(secret_key: str, api_base: str, timeout_s: int) -> "stripe.StripeClient":
    import requests  # noqa: PLC0415 # as above
    import stripe  # noqa: PLC0415 # as above

    session = requests.Session()
    session.trust_env = False  # else a proxy of the environment would see every call
    names = ("api", "connect", "files", "meter_events")
    addresses = dict.fromkeys(names, api_base) if api_base else {}
    return stripe.StripeClient(
        secret_key,
        stripe_version=API_VERSION,
        base_addresses=addresses,  # type: ignore[arg-type] # a dict of exactly its keys
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=timeout_s, session=session),
    )


def _explain(error: "stripe.StripeError") -> NoReturn:
    """Say it in our words; what Stripe wrote may name the key, so it stays out of them."""
    status, code = error.http_status or 0, error.code or (error.error and error.error.type) or ""
    if status == 402:
        raise PaymentDeclined(
            "The payment was declined.", hint="Use another card, then try again."
        ) from None
    if status == 404 or (code == "resource_missing" and getattr(error, "param", None)):
        raise NoSuchObject("Stripe knows nothing by this id.") from None
    kind, request = type(error).__name__, error.request_id
    _log.warning("stripe.failed", error=kind, status=status, code=code, request=request)
    if status in {401, 403}:
        raise BillerAway(
            "Stripe does not accept the key of this installation.", hint=_OPERATOR
        ) from None
    if status == 400:
        raise Refused(code) from None
    raise BillerAway(
        "Stripe does not answer at the moment.", hint="Nothing was lost: try again in a minute."
    ) from None


_OPERATOR = "Its operator sets POLIS_STRIPE_SECRET_KEY."
