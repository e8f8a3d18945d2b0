"""Work of the test book waits for all other work."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One flag, and the index the sweep reads in its order."""
    low = sa.Column("low", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("work", low)
    op.drop_index("ix_work_open", "work")
    op.create_index("ix_work_open", "work", ["ended_at", "low", "due_at"])


def downgrade() -> None:
    """All work is alike."""
    op.drop_index("ix_work_open", "work")
    op.create_index("ix_work_open", "work", ["ended_at", "due_at"])
    op.drop_column("work", "low")
