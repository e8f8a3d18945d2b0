"""Saved audiences, and checks of connectors."""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "saved_audiences",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("organization_id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", app.db.base.Instant(), nullable=False),
        sa.Column("changed_at", app.db.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_saved_audiences_organization_id_organizations"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_audiences_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_audiences")),
        sa.UniqueConstraint(
            "organization_id", "name", name=op.f("uq_saved_audiences_organization_id_name")
        ),
    )
    op.create_table(
        "connector_checks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("organization_id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("reports", app.db.base.JsonText(), nullable=False),
        sa.Column("clients", app.db.base.JsonText(), nullable=False),
        sa.Column("failure", sa.String(length=300), nullable=True),
        sa.Column("created_at", app.db.base.Instant(), nullable=False),
        sa.Column("lease_until", app.db.base.Instant(), nullable=False),
        sa.Column("ended_at", app.db.base.Instant(), nullable=True),
        sa.CheckConstraint(
            "status IN ('running', 'complete', 'failed')", name=op.f("ck_connector_checks_status")
        ),
        sa.CheckConstraint("slot = 1", name=op.f("ck_connector_checks_slot")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_connector_checks_organization_id_organizations"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_connector_checks_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connector_checks")),
        sa.UniqueConstraint("slot", name=op.f("uq_connector_checks_slot")),
    )
    op.create_index(
        "ix_connector_checks_organization", "connector_checks", ["organization_id", "id"]
    )
    op.create_index("ix_connector_checks_created_at", "connector_checks", ["created_at"])


def downgrade() -> None:
    """Forget both."""
    op.drop_table("connector_checks")
    op.drop_table("saved_audiences")
