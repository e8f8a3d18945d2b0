"""What a provider calls an account is sealed; a chore seals what a release before wrote in clear."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Names that are there are shown as they are until the chore comes to them."""
    op.add_column("identities", sa.Column("sealed_name", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Whoever is linked stays so; names that were sealed are not shown any more."""
    op.drop_column("identities", "sealed_name")
