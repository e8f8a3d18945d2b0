"""Schema changes, up and down, by Alembic; one head."""

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.db import Database
from app.models.work import InstallationFact

Standing = Literal["head", "behind", "ahead", "foreign"]

_HERE = Path(__file__).parent
_BEFORE, _GOAL = "schema_before", "schema_goal"


def config(database: Database) -> Config:
    """Alembic's configuration for one database, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(_HERE))
    settings.set_main_option("path_separator", "os")
    settings.attributes["database"] = database
    return settings


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to a revision; from which stands there first, for whoever goes back."""
    _begin(database, revision)
    command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the schema down to a revision."""
    command.downgrade(config(database), revision)


def known() -> set[str]:
    """Every revision this code can bring to head."""
    return {script.revision for script in _scripts().walk_revisions()}


def at_head(database: Database) -> bool:
    """Whether the schema is the one this code was written for."""
    return standing(database) == "head"


def standing(database: Database) -> Standing:
    """How the schema stands to this code.

    Every migration leaves the release before it working, so that an operator can go back by one:
    `ahead` is a schema that was brought further from our head, `foreign` one we know nothing of.
    """
    current, head = _current(database), _scripts().get_current_head()
    if current == head:
        return "head"
    if current is None or current in known():
        return "behind"
    with database.reading() as session:
        before = session.get(InstallationFact, _BEFORE)
    ours = before is not None and before.value == head
    return "ahead" if ours else "foreign"


def _begin(database: Database, revision: str) -> None:
    """Write down where the schema comes from and goes to.

    Before its first step: processes of the release before go on meanwhile, and look whether it is
    theirs. Where an earlier attempt ended on its way, it comes from where that one began.
    """
    current, goal = _current(database), _scripts().get_revision(revision)
    if current is None or goal is None or current == goal.revision:
        return
    with database.transaction() as session:
        last = session.get(InstallationFact, _GOAL)
        if last is None or last.value == current:
            session.merge(InstallationFact(name=_BEFORE, value=current))
        session.merge(InstallationFact(name=_GOAL, value=goal.revision))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_HERE))


def _current(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
