"""The places of the dashboard, for its navigation and its palette."""

from typing import NamedTuple

from app.domain.rights import Right


class Entry(NamedTuple):
    """One page: what it is called, where it is, who sees it, and the keys that lead there."""

    name: str
    path: str
    right: Right | None = None
    keys: str = ""


class Group(NamedTuple):
    """Pages under one heading."""

    name: str
    entries: tuple[Entry, ...]


GROUPS = (
    Group(
        "",
        (
            Entry("Overview", "/app/", keys="g o"),
            Entry("Runs", "/app/runs", Right.READ_RUNS, "g r"),
            Entry("New test", "/app/new", Right.RUN, "g n"),
            Entry("Playground", "/app/playground", Right.RUN, "g p"),
        ),
    ),
    Group(
        "Access",
        (
            Entry("API keys", "/app/keys", Right.OWN_KEYS, "g k"),
            Entry("Connected apps", "/app/apps", Right.OWN_CONNECTIONS, "g a"),
            Entry("Developer apps", "/app/developer-apps", Right.DEVELOPER_APPS),
            Entry("Webhooks", "/app/webhooks", Right.DEVELOPER_APPS),
            Entry("Connector check", "/app/check", Right.OWN_CONNECTIONS),
        ),
    ),
    Group(
        "Organization",
        (
            Entry("Billing", "/app/billing", Right.BILLING, "g b"),
            Entry("Usage", "/app/usage", Right.USAGE, "g u"),
            Entry("Team", "/app/team", None, "g t"),
            Entry("Audit log", "/app/audit", Right.AUDIT_LOG),
            Entry("Settings", "/app/settings", None, "g s"),
        ),
    ),
)
