"""What commands start from: the settings, a migrated database, the services."""

import os
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from app import bootstrap, migrations, settings
from app.adapters import files
from app.bootstrap import Services
from app.db import Database, DatabaseAway
from app.domain import installation
from app.settings import PREFIX, BadSettings, Settings

_ENV = f"{PREFIX}ENV"
_DEVELOPMENT = {_ENV: "development"}
_FOREIGN = (
    "The database has the schema of another Polis, more than one release newer. Install that one, "
    "or restore a backup of this one."
)


def read(**chosen: object) -> Settings:
    """The settings of this environment, with what the command chose itself."""
    for name, value in chosen.items():
        os.environ[PREFIX + name.upper()] = str(value)  # the servers we start read the same
        os.environ.pop(f"{PREFIX}{name.upper()}_FILE", None)
    return settings.from_environment()


def choose_development() -> None:
    """Development where nothing else is said: `make run`, `make demo` and `polis serve` do this."""
    if not _env_is_said():
        os.environ.update(_DEVELOPMENT)


def here() -> Settings:
    """The settings of the installation a command is given at; nothing said means production.

    Where `make run` was before, it has chosen: its demo stands in the database, which no
    production starts on.
    """
    if _env_is_said():
        return settings.from_environment()
    tried = settings.from_environment({**os.environ, **_DEVELOPMENT})
    if _holds_a_demo(tried):
        choose_development()
        return tried
    try:
        return settings.from_environment()
    except BadSettings as refusal:
        raise BadSettings(
            f"{refusal} Or, on a machine of your own: {_ENV}=development, or make run first."
        ) from None


def services() -> Services:
    """The services of this installation, its folder and schema in place."""
    its = bootstrap.build(here())
    prepare(its)
    return its


def prepare(its: Services) -> None:
    """Make the folder private and bring the schema to head; refuse what may not start."""
    files.private(its.settings.instance_dir)
    to_head(its)
    bootstrap.check(its)


def to_head(its: Services) -> None:
    """Bring the schema to head, but where a newer release brought it further from there."""
    stands = migrations.standing(its.database)
    if stands == "foreign":
        raise BadSettings(_FOREIGN)
    if stands == "behind":
        migrations.upgrade(its.database)


def _env_is_said() -> bool:
    return bool(os.environ.get(_ENV) or os.environ.get(f"{_ENV}_FILE"))


def _holds_a_demo(tried: Settings) -> bool:
    """Whether `make run` made this database; one that does not answer was not made by it."""
    file = make_url(tried.database).database if tried.database.startswith("sqlite") else None
    if file is not None and not Path(file).exists():
        return False  # looking would make it
    database = Database(tried.database)
    try:
        with database.reading() as session:
            return installation.has_demo(session)
    except (DatabaseAway, SQLAlchemyError):
        return False
    finally:
        database.dispose()
