"""When a period's overage ends, and which purchases were paid back at once."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two moments; the next notice of a plan fills the first."""
    op.add_column("balances", sa.Column("overage_until", sa.BigInteger(), nullable=True))
    op.add_column("purchases", sa.Column("returned_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("purchases", "returned_at")
    op.drop_column("balances", "overage_until")
