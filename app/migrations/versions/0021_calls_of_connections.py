"""The newest calls of each connection of an app, as of each key."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table; calls from before are not known."""
    op.create_table(
        "app_calls",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("grant_id", sa.String(length=40), nullable=False),
        sa.Column("tool", sa.String(length=40), nullable=False),
        sa.Column("refusal", sa.String(length=60), nullable=True),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(  # the release before this erases grants and knows no calls of theirs
            ["grant_id"],
            ["grants.id"],
            name="fk_app_calls_grant_id_grants",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_app_calls"),
    )
    op.create_index("ix_app_calls_grant", "app_calls", ["grant_id", "id"])


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_app_calls_grant", "app_calls")
    op.drop_table("app_calls")
