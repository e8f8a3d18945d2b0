"""What people may do in an organization, and how long what they make there lasts."""

from typing import Any

from app.docs.facts.spans import told
from app.domain import audiences, exports, invitations, sessions, shares
from app.domain.rights import RIGHTS, ROLES, Right, reaches

_WORDS = {
    Right.RUN: "start, ask, compare and cancel tests",
    Right.READ_RUNS: "read every report of the organization",
    Right.OWN_KEYS: "make, limit and revoke keys of one's own",
    Right.OWN_CONNECTIONS: "connect apps, and disconnect one's own",
    Right.ALL_RUNS: "cancel, share and delete what others started",
    Right.ALL_KEYS: "see and end everybody's keys",
    Right.ALL_CONNECTIONS: "see and end everybody's connections",
    Right.MEMBERS: "invite and remove people",
    Right.DEVELOPER_APPS: "developer apps and webhooks",
    Right.USAGE: "usage by person, key and app",
    Right.AUDIT_LOG: "the audit log",
    Right.BILLING: "plan, packs, cards and invoices",
    Right.LIMITS: "raise what a key or an app may spend, and the organization's cap",
    Right.CHANGE_ROLES: "change roles",
    Right.ORGANIZATION_TOKENS: "apps that act for the organization and for no person",
    Right.EXPORT: "an archive of everything there is",
    Right.DELETION: "delete the organization",
}


def facts() -> dict[str, Any]:
    """The table of roles, and the figures of what people share, invite and take with them."""
    return {
        "roles": ROLES,
        "rights": [
            (words, ["yes" if reaches(role, RIGHTS[right]) else "" for role in ROLES])
            for right, words in _WORDS.items()
        ],
        "people": {
            "share_days": told(shares.DAYS, "or"),
            "share_default": shares.DEFAULT_DAYS,
            "invitation_days": invitations.LIFE.days,
            "export_days": exports.LIFE.days,
            "session_days": sessions.LIFE.days,
            "fresh_minutes": round(sessions.FRESH.total_seconds() / 60),
            "audiences": audiences.MOST,
        },
    }
