"""The `polis` command."""

import logging
import sys
import warnings

import click
from sqlalchemy.exc import DatabaseError

from app.cli.app import app
from app.cli.audit import audit
from app.cli.backup import backup
from app.cli.client import client
from app.cli.demo import demo
from app.cli.doctor import doctor
from app.cli.grant import grant
from app.cli.key import key
from app.cli.metrics import metrics
from app.cli.migrate import migrate
from app.cli.migrate_billing import migrate_billing
from app.cli.org import org
from app.cli.output import fail, say
from app.cli.refund import refund
from app.cli.restore import restore
from app.cli.score import score
from app.cli.serve import serve
from app.cli.setup_stripe import setup_stripe
from app.cli.token import token
from app.cli.user import user
from app.cli.worker import worker
from app.db import DatabaseAway
from app.errors import PolisError
from app.kit import logs
from app.settings import BadSettings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def polis() -> None:
    """Run and operate Polis."""


for command in (
    serve,
    worker,
    migrate,
    metrics,
    demo,
    user,
    key,
    token,
    grant,
    app,
    org,
    client,
    refund,
    audit,
    backup,
    restore,
    doctor,
    score,
    setup_stripe,
    migrate_billing,
):
    polis.add_command(command)


def main() -> None:
    """Run a command; whatever is refused is one sentence that says what to do."""
    logs.configure(logging.WARNING)  # standard output is for what was asked
    warnings.showwarning = lambda message, *_where, **_more: say(f"polis: {message}")
    try:
        polis(prog_name="polis")
    except BadSettings as error:
        fail(str(error))
    except (DatabaseAway, DatabaseError) as error:
        cause = error.__cause__ if isinstance(error, DatabaseAway) else error
        reason = str(getattr(cause, "orig", cause)).partition("\n")[0]
        fail(f"The database cannot be used: {reason}. See that it runs, and POLIS_DATABASE_URL.")
    except PolisError as error:
        fail(f"{error.message} {error.hint}".strip())
    except KeyboardInterrupt:
        sys.exit(130)
