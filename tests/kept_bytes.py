"""Everything an installation's database holds, to be searched for what must not be in it."""

from pathlib import Path

from app.bootstrap import Services


def bytes_of(services: Services) -> bytes:
    """Everything the database has on disk, or for PostgreSQL every row it can give."""
    if services.database.sqlite:
        path = Path(services.database.url.database)
        return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    with services.database.engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).scalars()
        rows = [
            connection.exec_driver_sql(f"SELECT t::text FROM {table} t").scalars().all()
            for table in tables.all()
        ]
    return "\n".join(row for table in rows for row in table).encode()
