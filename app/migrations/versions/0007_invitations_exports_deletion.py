"""Invitations, exports, texts that retention deletes, and deletion that can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OPEN = sa.text("accepted_at IS NULL AND revoked_at IS NULL")
_WITH_TEXT = sa.text("text_deleted_at IS NULL")


def upgrade() -> None:
    """Add two tables, and columns to people, organizations and runs."""
    op.add_column("users", sa.Column("deletion_due_at", sa.BigInteger(), nullable=True))
    op.add_column("organizations", sa.Column("deletion_due_at", sa.BigInteger(), nullable=True))
    op.add_column("runs", sa.Column("text_deleted_at", sa.BigInteger(), nullable=True))
    op.add_column("runs", sa.Column("text_deleted_by", sa.String(length=12), nullable=True))
    op.create_index(
        "ix_runs_with_text",
        "runs",
        ["organization_id", "created_at"],
        sqlite_where=_WITH_TEXT,
        postgresql_where=_WITH_TEXT,
    )
    _invitations()
    _exports()


def downgrade() -> None:
    """Forget them."""
    op.drop_table("exports")
    op.drop_table("invitations")
    op.drop_index("ix_runs_with_text", table_name="runs")
    op.drop_column("runs", "text_deleted_by")
    op.drop_column("runs", "text_deleted_at")
    op.drop_column("organizations", "deletion_due_at")
    op.drop_column("users", "deletion_due_at")


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("organization_id", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("invited_by", sa.String(length=40), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "role IN ('member', 'admin', 'owner')", name=op.f("ck_invitations_role")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_invitations_organization_id_organizations"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["users.id"], name=op.f("fk_invitations_invited_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitations_digest")),
    )
    op.create_index("ix_invitations_organization", "invitations", ["organization_id", "id"])
    op.create_index(
        "ix_invitations_open",
        "invitations",
        ["organization_id", "email"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    for column in ("email", "invited_by", "expires_at"):
        op.create_index(op.f(f"ix_invitations_{column}"), "invitations", [column])


def _exports() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("organization_id", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=True),
        sa.Column("failed_at", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_exports_organization_id_organizations"),
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_exports_asked_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index("ix_exports_organization", "exports", ["organization_id", "id"])
    for column in ("asked_by", "expires_at"):
        op.create_index(op.f(f"ix_exports_{column}"), "exports", [column])
