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
from app.settings import BadSettings
from app.web import create_app

_NO_BOOT = 3  # gunicorn's own code: a worker that ends with it is not started again


def start() -> Flask:
    """The application of this environment."""
    try:
        services = bootstrap.build(settings.from_environment())
        bootstrap.check(services)
        telling.begin(services.settings, "web")
    except BadSettings as error:
        _end(str(error))
    except OtherPaymentMode as error:
        _end(f"{error.message} {error.hint}")
    except DatabaseAway as error:
        _end(f"{error.message} See that it runs, and POLIS_DATABASE_URL.")
    except DatabaseError as error:
        _end(f"The database is not ready ({type(error.orig).__name__}). Run: polis migrate")
    meters.join(services.settings.instance_dir, "web")
    app = create_app(services)
    atexit.register(app.extensions["polis_last_use"].stop)
    return app


def _end(sentence: str) -> NoReturn:
    sys.stderr.write(f"polis: {sentence}\n")
    sys.exit(_NO_BOOT)
