"""The organization a signed-in browser looks at."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None: the person's own."""
    with op.batch_alter_table("sessions") as table:
        table.add_column(sa.Column("organization_id", sa.String(length=40), nullable=True))
        table.create_foreign_key(
            "fk_sessions_organization_id_organizations",
            "organizations",
            ["organization_id"],
            ["id"],
        )


def downgrade() -> None:
    """Forget it."""
    with op.batch_alter_table("sessions") as table:
        table.drop_constraint("fk_sessions_organization_id_organizations", type_="foreignkey")
        table.drop_column("organization_id")
