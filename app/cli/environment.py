"""What commands start from: the settings, a migrated database, the services."""

import os

from app import bootstrap, migrations, settings
from app.bootstrap import Services
from app.settings import PREFIX, Settings


def read(**chosen: object) -> Settings:
    """The settings of this environment, with what the command chose itself."""
    for name, value in chosen.items():
        os.environ[PREFIX + name.upper()] = str(value)  # the servers we start read the same
    return settings.from_environment()


def development() -> Settings:
    """The settings for a command that chooses development where nothing is said."""
    os.environ.setdefault(f"{PREFIX}ENV", "development")
    return settings.from_environment()


def services() -> Services:
    """The services of this installation, its folder and schema in place."""
    its = bootstrap.build(development())
    prepare(its)
    return its


def prepare(its: Services) -> None:
    """Make the folder private and bring the schema to head; refuse what may not start."""
    bootstrap.private(its.settings.instance_dir)
    if not migrations.at_head(its.database):
        migrations.upgrade(its.database)
    bootstrap.check(its)
