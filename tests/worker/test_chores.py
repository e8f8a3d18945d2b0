"""What a worker deletes when its time is over: each chore takes the old row and leaves the young."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
import time_machine

from app import outbox
from app.db import Base, Instant
from app.domain import checks, idempotency, invited, provisioning, sessions
from app.domain.billing import notices
from app.domain.clients import document_rows, key_sets, sweep
from app.domain.grants import device, tidy
from app.domain.tariff import spending
from app.domain.webhooks import log as webhook_log
from app.kit import clock
from app.models.accounts import Organization
from app.models.billing import IdempotentAnswer
from app.models.checks import ConnectorCheck
from app.models.clients import Client, ClientAssertion, ClientDocument, KeySet
from app.models.credentials import SignInSession
from app.models.factors import PasskeyChallenge, SecondStep
from app.models.grants import (
    AccessToken,
    AuthorizationCode,
    ConsentForm,
    DeviceRequest,
    Grant,
    SigningKey,
)
from app.models.invitations import Invitation
from app.models.limits import DailyTotal, RequestRate, WaitSlot
from app.models.payments import PaymentEvent
from app.models.sign_in import MailedLink
from app.models.webhooks import WebhookEvent
from app.models.work import Work, WorkerBeat
from app.worker import chores
from app.worker.pulse import Pulse
from tests import oauth
from tests.factories import member
from tests.rows import row

MOMENT = timedelta(seconds=1)


class Kept(NamedTuple):
    """A row of which chore, and how long it stays after what its column says."""

    chore: str
    model: type[Base]
    by: str
    kept: timedelta = timedelta(0)
    facts: Mapping[str, object] = {}


KEPT = (
    Kept("work", Work, "ended_at", outbox.KEPT),
    Kept("work", WorkerBeat, "seen_at", timedelta(hours=1)),
    Kept("answers", IdempotentAnswer, "created_at", idempotency.KEPT),
    Kept("rates", RequestRate, "due"),
    Kept("waits", WaitSlot, "lease_until"),
    Kept("mailed_links", MailedLink, "expires_at", facts={"purpose": "sign_in"}),
    Kept("invitations", Invitation, "expires_at", invited.KEPT, {"role": "member"}),
    Kept("sessions", SignInSession, "expires_at", sessions.KEPT),
    Kept("sessions", SignInSession, "revoked_at", sessions.KEPT),
    Kept("sessions", SignInSession, "last_seen_at", sessions.KEPT + sessions.IDLE),
    Kept("challenges", PasskeyChallenge, "expires_at", facts={"purpose": "sign_in"}),
    Kept("second_steps", SecondStep, "expires_at"),
    Kept("consent_forms", ConsentForm, "expires_at"),
    Kept("device_requests", DeviceRequest, "expires_at", device.KEPT),
    Kept("grants", AuthorizationCode, "expires_at"),
    Kept("grants", AccessToken, "expires_at", tidy.KEPT),
    Kept("grants", SigningKey, "told_until"),
    Kept("registrations", Client, "created_at", sweep.UNUSED_FOR, {"kind": "registered"}),
    Kept("unclaimed", Organization, "created_at", provisioning.LIFE),
    Kept("assertions", ClientAssertion, "expires_at"),
    Kept("documents", ClientDocument, "failed_at", document_rows.REMEMBERED),
    Kept("key_sets", KeySet, "tried_at", key_sets.UNASKED),
    Kept("webhook_events", WebhookEvent, "at", webhook_log.KEPT),
    Kept("payment_notices", PaymentEvent, "received_at", notices.KEPT, {"state": "applied"}),
    Kept("checks", ConnectorCheck, "created_at", checks.KEPT, {"status": "complete"}),
    Kept("spending", DailyTotal, "day", spending.KEPT),
)
DELETES_NOTHING = {"expiring_keys"}  # it writes letters


@pytest.fixture
def midnight():
    """Whole days are counted from it, and all else too."""
    now = clock.day_start(clock.now() + timedelta(days=1))
    with time_machine.travel(now, tick=False):
        yield now


@pytest.mark.parametrize(
    "kept", KEPT, ids=lambda each: f"{each.chore}-{each.model.__name__}-{each.by}"
)
def test_a_worker_that_tidies_deletes_the_row_whose_time_is_over_and_no_other(
    services, midnight, kept
):
    whose = owners(services)
    with services.transaction() as session:
        old, young = (
            planted(session, kept, whose, midnight - kept.kept + side) for side in (-MOMENT, MOMENT)
        )
    assert stays(services, kept, old)
    Pulse(services, "a worker")._tidy()
    assert not stays(services, kept, old)
    assert stays(services, kept, young)


def test_every_chore_that_deletes_is_seen_to_delete():
    assert {each.chore for each in KEPT} | DELETES_NOTHING == set(chores._DUE)


def owners(services) -> dict[str, object]:
    """Whose a row may be, by the column that names them."""
    who, client = member(services, verified=True), oauth.client(services, last_used_at=clock.now())
    with services.transaction() as session:
        whose = {
            "user_id": who.user_id,
            "organization_id": who.organization_id,
            "client_id": client.id,
        }
        (session_id,) = row(session, SignInSession, **whose)
        (grant_id,) = row(session, Grant, **whose, subject_kind="user")
    return {**whose, "session_id": session_id, "grant_id": grant_id}


def planted(session, kept: Kept, whose: dict[str, object], moment: datetime) -> tuple[object, ...]:
    """A row that is nobody's but where it must be somebody's, of this moment."""
    table = kept.model.__table__
    needed = [each.name for each in table.columns if each.foreign_keys and not each.nullable]
    dated = isinstance(table.columns[kept.by].type, Instant)
    told = {kept.by: moment if dated else clock.milliseconds(moment)}
    return row(session, kept.model, **{name: whose[name] for name in needed}, **kept.facts, **told)


def stays(services, kept: Kept, key: tuple[object, ...]) -> bool:
    """Whether it is there; an organization that has ended keeps its row."""
    with services.database.reading() as session:
        found = session.get(kept.model, key)
        return found is not None and getattr(found, "deleted_at", None) is None
