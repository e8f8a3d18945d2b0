"""The newest calls of each API key."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table; calls from before are not known."""
    op.create_table(
        "api_calls",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("tool", sa.String(length=40), nullable=False),
        sa.Column("refusal", sa.String(length=60), nullable=True),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name="fk_api_calls_key_id_api_keys"),
        sa.PrimaryKeyConstraint("id", name="pk_api_calls"),
    )
    op.create_index("ix_api_calls_key", "api_calls", ["key_id", "id"])


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_api_calls_key", "api_calls")
    op.drop_table("api_calls")
