"""The tables, and nothing but tables. Only domain, outbox and migrations read them."""

from app.models import accounts, audit, billing, credentials, limits, runs, threads, work

__all__ = ["accounts", "audit", "billing", "credentials", "limits", "runs", "threads", "work"]
