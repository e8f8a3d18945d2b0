"""Clients the operator has shut out: the row stays, so that none of them comes back."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; the release before it blocks nobody."""
    op.add_column("clients", sa.Column("blocked_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Nobody is blocked."""
    op.drop_column("clients", "blocked_at")
