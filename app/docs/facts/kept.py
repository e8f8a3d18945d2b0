"""How long each kind of row is kept, as the code keeps it: every table stands in one line."""

from datetime import timedelta
from typing import Any, NamedTuple

from app import outbox
from app.domain import (
    checks,
    deletion,
    exports,
    idempotency,
    invited,
    key_use,
    mailed_links,
    provisioning,
    retention,
    sessions,
)
from app.domain.billing import notices
from app.domain.clients import document_rows, key_sets, sweep
from app.domain.grants import device, tidy
from app.domain.tariff import spending
from app.domain.webhooks import log

_HOUR = timedelta(hours=1)


class Kept(NamedTuple):
    """What is kept, how long, and in which tables."""

    what: str
    how_long: str
    tables: tuple[str, ...]


def told(span: timedelta) -> str:
    """A span in the unit people think of it in."""
    days, hours = span.days, span // _HOUR
    if days >= 2:
        return f"{days} days"
    if hours:
        return "an hour" if hours == 1 else f"{hours} hours"
    return f"{span // timedelta(minutes=1)} minutes"


KEPT = (
    Kept(
        "texts, pages as they were fetched, reactions, reports, questions and answers",
        f"{', '.join(str(days) for days in retention.CHOICES if days)} days or for ever, as the "
        "organization chose; until somebody deletes them",
        ("runs", "comparisons", "batches", "reactions", "threads", "turns", "answers"),
    ),
    Kept(
        "links that show a report, saved audiences, webhooks, keys, connected apps and standing "
        "approvals",
        "until somebody ends them; that they were there, with the organization",
        (
            "share_links",
            "saved_audiences",
            "webhook_endpoints",
            "api_keys",
            "grants",
            "consents",
            "clients",
            "client_secrets",
            "client_logos",
        ),
    ),
    Kept(
        "accounts, organizations and what signs people in",
        f"until their deletion, and {told(deletion.UNDO)} in which it can be undone",
        (
            "users",
            "organizations",
            "memberships",
            "authenticators",
            "recovery_codes",
            "passkeys",
            "identities",
        ),
    ),
    Kept(
        "organizations an agent had made that nobody claims or pays for",
        told(provisioning.LIFE),
        (),
    ),
    Kept(
        "sessions",
        f"{told(sessions.LIFE)} at most, and {told(sessions.KEPT)} after their end",
        ("sessions",),
    ),
    Kept(
        "links by mail",
        f"{told(mailed_links.LIFE)}; claims and undone addresses {told(mailed_links.CLAIM_LIFE)}",
        ("mailed_links",),
    ),
    Kept("invitations", f"{told(invited.KEPT)} after their last day", ("invitations",)),
    Kept(
        "codes of apps, approvals and sign-ins that were begun",
        "minutes: until they end",
        (
            "authorization_codes",
            "consent_forms",
            "second_steps",
            "passkey_challenges",
            "client_assertions",
        ),
    ),
    Kept(
        "public keys that apps and GitHub publish",
        f"{told(key_sets.UNASKED)} after they were last fetched",
        ("key_sets",),
    ),
    Kept("codes of devices", f"{told(device.KEPT)} after their end", ("device_requests",)),
    Kept(
        "dead tokens, to say why they are dead",
        told(tidy.KEPT),
        ("access_tokens", "refresh_tokens"),
    ),
    Kept("signing keys", "until nothing they signed is good any more", ("signing_keys",)),
    Kept("registrations of apps that nobody approved", told(sweep.UNUSED_FOR), ()),
    Kept(
        "metadata documents that were refused",
        told(document_rows.REMEMBERED),
        ("client_documents",),
    ),
    Kept("answers to repeated requests", told(idempotency.KEPT), ("idempotent_answers",)),
    Kept("work that is done or was given up, mails among it", told(outbox.KEPT), ("work",)),
    Kept("signs of life of workers", "an hour after the last", ("worker_beats",)),
    Kept(
        "events for webhooks, and how they were delivered",
        told(log.KEPT),
        ("webhook_events", "webhook_deliveries", "webhook_attempts"),
    ),
    Kept("notices of the payment provider", told(notices.KEPT), ("payment_events",)),
    Kept(
        "what each key and each connection of an app called",
        f"its newest {key_use.CALLS_KEPT} calls",
        ("api_calls", "app_calls"),
    ),
    Kept("connector checks", told(checks.KEPT), ("connector_checks",)),
    Kept("exports and their files", told(exports.LIFE), ("exports",)),
    Kept(
        "counters of requests and of wrong guesses",
        "until all that is allowed is there again",
        ("request_rates", "wait_slots"),
    ),
    Kept("sums of the whole installation by day", told(spending.KEPT), ("daily_totals",)),
    Kept(
        "the books: tokens, payments, what was spent by day, and limits that were reached",
        "for good; they hold no text, and after a deletion name nobody",
        (
            "ledger_entries",
            "monthly_movements",
            "balances",
            "purchases",
            "payments",
            "debts",
            "billing_accounts",
            "catalog_entries",
            "simulated_objects",
            "daily_usage",
            "spend_counters",
            "spend_parts",
            "limits_reached",
        ),
    ),
    Kept(
        "who did what",
        "for good; after a deletion by ids that name nobody",
        ("audit_events", "audit_heads"),
    ),
    Kept("facts about the installation", "for good", ("installation",)),
    Kept(
        "letters as `/dev/mail` shows them",
        "for good, in development alone",
        ("development_mails",),
    ),
)


def facts() -> dict[str, Any]:
    """The lines of the table."""
    return {"kept": KEPT}
