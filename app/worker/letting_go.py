"""Deletes what was to be kept only so long: old texts, exports, organizations, accounts.

Each step is a transaction of its own and looks again at what it deletes: stopped anywhere it is
taken up by the next, and two workers at once do no harm.
"""

from collections.abc import Callable

from app.adapters import files
from app.bootstrap import Services
from app.domain import erasure, exports, retention
from app.kit import clock, logs

_log = logs.logger("worker")


def all_of_it(services: Services, stopped: Callable[[], bool] = lambda: False) -> None:
    """Do all that is due, until told to stop."""
    old_texts(services, stopped)
    old_exports(services)
    deleted(services, stopped)


def old_texts(services: Services, stopped: Callable[[], bool] = lambda: False) -> int:
    """Delete the texts of runs that are older than their organization keeps them."""
    count = 0
    while not stopped():
        now = clock.now()
        with services.database.reading() as session:
            due = retention.due(session, now)
        if not due:
            break
        with services.transaction() as session:
            count += retention.apply(session, due, now)
    if count:
        _log.info("retention.applied", runs=count)
    return count


def old_exports(services: Services) -> None:
    """Delete the files whose week is over, and those that belong to nobody."""
    with services.transaction() as session:
        exports.forget_old(session, clock.now())
        living = exports.living(session)
    files.forget_exports(services.settings.instance_dir, living)


def deleted(services: Services, stopped: Callable[[], bool] = lambda: False) -> None:
    """Delete what nobody can undo the deletion of any more."""
    now = clock.now()
    with services.database.reading() as session:
        organizations = erasure.due_organizations(session, now)
        accounts = erasure.due_accounts(session, now)
        own = [erasure.own_organization(session, user_id) for user_id in accounts]
    for organization_id in (*organizations, *filter(None, own)):
        _organization(services, organization_id, stopped)
    for user_id in accounts:
        if not stopped():
            _account(services, user_id)


def _organization(services: Services, organization_id: str, stopped: Callable[[], bool]) -> None:
    """Its runs go first, a batch at a time."""
    while not stopped():
        with services.transaction() as session:
            if not erasure.some_runs(session, organization_id, clock.now()):
                erasure.organization(session, organization_id, clock.now())
                _log.info("erasure.organization", organization=organization_id)
                break
    old_exports(services)


def _account(services: Services, user_id: str) -> None:
    with services.transaction() as session:
        erasure.account(session, user_id, clock.now())
    _log.info("erasure.account", user=user_id)
