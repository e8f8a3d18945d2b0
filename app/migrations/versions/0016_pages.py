"""Where the text of a fetched page was found, whether there was more of it, and its layout."""

import sqlalchemy as sa
from alembic import op

import app.db.base

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column, empty for whatever was not fetched."""
    op.add_column("runs", sa.Column("page", app.db.base.JsonText(), nullable=True))


def downgrade() -> None:
    """Without it."""
    op.drop_column("runs", "page")
