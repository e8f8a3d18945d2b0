"""Schema changes, up and down, by Alembic; one head."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.db import Database

_HERE = Path(__file__).parent


def config(database: Database) -> Config:
    """Alembic's configuration for one database, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(_HERE))
    settings.set_main_option("path_separator", "os")
    settings.attributes["database"] = database
    return settings


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to a revision."""
    command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the schema down to a revision."""
    command.downgrade(config(database), revision)


def known() -> set[str]:
    """Every revision this code can bring to head."""
    return {script.revision for script in ScriptDirectory(str(_HERE)).walk_revisions()}


def at_head(database: Database) -> bool:
    """Whether the schema is the one this code was written for."""
    return _current(database) == ScriptDirectory(str(_HERE)).get_current_head()


def behind(database: Database) -> bool:
    """Whether the schema lacks something of this code's.

    A newer release's does not: every migration leaves the release before it working, so that an
    operator can go back by one.
    """
    current = _current(database)
    return not at_head(database) and (current is None or current in known())


def _current(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
