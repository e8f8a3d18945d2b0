"""A key for an agent whose person has no account yet: asked for once, told once."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.orm import Session

from app.domain import accounts, networks, plans, provisioning, throttles, trial
from app.domain.limits import Allowance, RateLimited
from app.domain.provisioning import AccountExists, PendingClaim, Provisioned
from app.domain.throttles import Words
from app.errors import InvalidInput
from app.kit import clock
from app.web import counted, network
from app.web.door import json_text
from app.web.door.json_text import Unparsable
from app.web.services import services

blueprint = Blueprint("provision", __name__)

PATH = "/api/provision"

_SILENT = Words("Too many letters.", "Nobody is told.")


@blueprint.post(PATH)
def provision() -> tuple[Response, int]:
    """Make an organization for an address, its one key, and the mail that lets it be claimed."""
    now, its, where = clock.now(), services(), networks.of(network.address())
    email = _asked_for(where, now)
    if its.settings.rate_limits:
        _count(where, now)
    try:
        with its.transaction() as session:
            made = provisioning.provision(
                session,
                email,
                network.address(),
                mode=its.settings.payment_mode,
                per_day=its.settings.trial_tokens_per_day,
                now=now,
            )
    except (AccountExists, PendingClaim):
        _write_to(email)
        raise
    _write_to(email)
    return jsonify(_told(made, email)), 201


@blueprint.after_request
def _for_nobody_else(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked_for(where: str, now: datetime) -> str:
    """The address; a body without one takes no place, and is told what is left."""
    its = services()
    try:
        return _email()
    except InvalidInput:
        if its.settings.rate_limits:
            with its.database.reading() as session:
                counted.note(_standing(session, where, now))
        raise


def _email() -> str:
    """The address of a JSON body; nothing else is read from it."""
    if not request.is_json:
        raise InvalidInput(
            "Content-Type must be application/json.", hint='Send {"email": "you@example.com"}.'
        )
    try:
        said = json_text.loads(request.get_data())
    except Unparsable as broken:
        raise InvalidInput(f"{broken}.", hint='Send {"email": "you@example.com"}.') from None
    email = said.get("email") if isinstance(said, dict) else None
    if not isinstance(email, str) or not email.strip() or set(said) != {"email"}:
        raise InvalidInput(
            "The body must be an object with an email and nothing else.",
            hint='Send {"email": "you@example.com"}.',
        )
    return accounts.normal_email(email)


def _count(where: str, now: datetime) -> None:
    """Count a request of a network by the hour and by the day; one that is refused takes nothing.

    Both exactly: a limit that refills evenly lets nearly twice its amount pass in its first period.
    """
    its = services()
    hour, day = its.limits["provision"], its.limits["provision_day"]
    words = Words(
        "Too many keys were asked for from this network: "
        f"at most {hour.amount} an hour and {day.amount} a day.",
        "Try again in {minutes} minutes.",
    )
    try:
        with its.transaction() as session:
            throttles.hold(session, ((hour, where), (day, where)), words, now)
            standing = _standing(session, where, now)
    except RateLimited as error:
        reached = its.limits[str(error.details["limit"])]
        counted.note(Allowance(reached, 0, int(str(error.details["retry_after_s"]))))
        raise
    counted.note(standing)


def _standing(session: Session, where: str, now: datetime) -> Allowance:
    """What is left to a network under the tighter of the two."""
    both = (services().limits[name] for name in ("provision", "provision_day"))
    left = (throttles.left(session, limit, where, now) for limit in both)
    return min(left, key=lambda allowance: allowance.remaining)


def _write_to(email: str) -> None:
    """One letter an hour and three a day to an address that did not ask; beyond that, silence."""
    its = services()
    try:
        with its.transaction() as session:
            if its.settings.rate_limits:
                _hold(session, email)
            provisioning.mail(session, email, clock.now())
    except RateLimited:
        return


def _hold(session: Session, email: str) -> None:
    limits, who = services().limits, throttles.digest_of(trial.address_of(email))
    places = ((limits["unasked_mail"], who), (limits["unasked_mail_day"], who))
    throttles.hold(session, places, _SILENT, clock.now())


def _told(made: Provisioned, email: str) -> dict[str, Any]:
    links, now = services().links, clock.now()
    mcp = links.page("/mcp")
    sells = services().settings.payment_mode != "off"
    packs = {name: links.pay(made.organization_id, f"pack:{name}", now) for name in plans.PACKS}
    return {
        "organization_id": made.organization_id,
        "api_key": made.key.secret,
        "key_prefix": made.key.prefix,
        "trial_tokens": made.trial_tokens,
        "mcp_url": mcp,
        "checkout_urls": packs if sells else {},
        "expires_at": clock.iso(made.expires_at),
        "next": [
            "Store api_key now; it is not shown again.",
            f"Connect a client to {mcp} with the header Authorization: Bearer and the key.",
            f"Run a first test as {links.page('/docs/quickstart.md')} shows.",
            f"Ask the person to open the mail to {email} and claim the organization: that brings "
            "the rest of the trial, and without it everything ends at expires_at, unless something "
            "was bought.",
        ],
    }
