"""Why a question to a panel failed stands with it, as it does with a run."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A code and a sentence; those that failed before have neither."""
    op.add_column("turns", sa.Column("failure_code", sa.String(length=40), nullable=True))
    op.add_column("turns", sa.Column("failure_message", sa.Text(), nullable=True))


def downgrade() -> None:
    """Forget why."""
    op.drop_column("turns", "failure_message")
    op.drop_column("turns", "failure_code")
