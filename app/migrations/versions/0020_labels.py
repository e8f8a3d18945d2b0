"""What a search looks through stands in an index of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs that have a label."""
    labelled = sa.text("label IS NOT NULL")
    op.create_index(
        "ix_runs_labelled",
        "runs",
        ["organization_id", "book", "id", "label"],
        sqlite_where=labelled,
        postgresql_where=labelled,
    )


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_runs_labelled", table_name="runs")
