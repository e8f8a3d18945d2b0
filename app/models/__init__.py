"""The tables, and nothing but tables. Only domain, outbox and migrations read them."""

from app.models import (
    accounts,
    audit,
    billing,
    clients,
    credentials,
    grants,
    limits,
    runs,
    sign_in,
    threads,
    work,
)

__all__ = [
    "accounts",
    "audit",
    "billing",
    "clients",
    "credentials",
    "grants",
    "limits",
    "runs",
    "sign_in",
    "threads",
    "work",
]
