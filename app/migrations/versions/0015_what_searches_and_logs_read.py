"""What searches, filters of the log and sums of the ledger read, in indexes of their own."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_STATEMENT = ["organization_id", "book", "mode", "created_at"]
_FILTERS = {"actor": ["actor"], "action": ["action"], "actor_action": ["actor", "action"]}


def upgrade() -> None:
    """Indexes alone."""
    op.drop_index("ix_ledger_entries_statement", table_name="ledger_entries")
    op.create_index(
        "ix_ledger_entries_statement", "ledger_entries", [*_STATEMENT, "bucket", "tokens"]
    )
    for name, columns in _FILTERS.items():
        op.create_index(f"ix_audit_events_{name}", "audit_events", ["chain", *columns, "number"])


def downgrade() -> None:
    """Without them."""
    for name in _FILTERS:
        op.drop_index(f"ix_audit_events_{name}", table_name="audit_events")
    op.drop_index("ix_ledger_entries_statement", table_name="ledger_entries")
    op.create_index("ix_ledger_entries_statement", "ledger_entries", _STATEMENT)
