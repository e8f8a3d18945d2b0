"""Starts the application for gunicorn, or ends with one sentence that says what to set."""

import atexit
import sys
from typing import NoReturn

from flask import Flask
from sqlalchemy.exc import DatabaseError

from app import bootstrap, settings
from app.adapters import telling
from app.db import DatabaseAway
from app.domain.installation import OtherPaymentMode
from app.kit import meters
from app.kit.supervisor import NEVER
from app.settings import BadSettings, Settings
from app.web import create_app

# gunicorn ends with the code a worker of its ended with, where that is one of its own two: this one
# for what may have passed when it is started again, the supervisor's for what stays as it is.
_NOT_YET = 3


def read() -> Settings:
    """The settings of this environment."""
    try:
        return settings.from_environment()
    except BadSettings as error:
        _end(str(error), NEVER)


def start() -> Flask:
    """The application of this environment."""
    try:
        services = bootstrap.build(read())
        bootstrap.check(services)
        telling.begin(services.settings, "web")
    except BadSettings as error:
        _end(str(error), NEVER)
    except OtherPaymentMode as error:
        _end(f"{error.message} {error.hint}", NEVER)
    except DatabaseAway as error:
        _end(f"{error.message} See that it runs, and POLIS_DATABASE_URL.", _NOT_YET)
    except DatabaseError as error:
        reason = type(error.orig).__name__
        _end(f"The database is not ready ({reason}). Run: polis migrate", _NOT_YET)
    meters.join(services.settings.instance_dir, "web")
    app = create_app(services)
    atexit.register(app.extensions["polis_last_use"].stop)
    return app


def _end(sentence: str, code: int) -> NoReturn:
    sys.stderr.write(f"polis: {sentence}\n")
    sys.exit(code)
