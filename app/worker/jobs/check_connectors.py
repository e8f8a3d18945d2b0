"""Walks the handshake against this very installation, as each client would."""

from functools import partial

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain import checks
from app.domain.clients import find
from app.domain.grants import audience, front_door
from app.domain.grants.front_door import Misdirected
from app.domain.grants.parameters import Parameters
from app.kit import clock
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler


def run(services: Services, claim: Claim) -> None:
    """Each client in turn, outside any transaction; what it saw is kept as it comes."""
    check_id = claim.payload["check_id"]
    with services.database.reading() as session:
        asked = checks.asked(session, check_id)
    if asked is not None:
        _walk(services, check_id)
    with services.transaction() as session:
        if outbox.finish(session, claim, clock.now()):
            checks.end(session, check_id, clock.now())


def gave_up(session: Session, claim: Claim, why: Failure) -> None:
    """The next one may begin."""
    checks.end(session, claim.payload["check_id"], clock.now(), why.message)


def _walk(services: Services, check_id: str) -> None:
    from app.adapters.doctor.examination import examine  # noqa: PLC0415 # 100 ms that most workers need not pay
    from app.adapters.doctor.house import House  # noqa: PLC0415 # as above
    from app.adapters.doctor.profiles import PROFILES  # noqa: PLC0415 # as above
    from app.adapters.doctor.wire import Wire  # noqa: PLC0415 # as above

    base, reports = services.settings.base_url, []
    house = House(base, Wire.towards(base, "polis-doctor"), partial(_approve, services, check_id))
    for profile in PROFILES.values():
        reports.append(examine(base, profile, consents=house).facts())
        with services.transaction() as session:
            checks.told(session, check_id, reports)


def _approve(services: Services, check_id: str, query: str) -> str:
    """The request as the front door reads it, and a yes to it that may spend nothing."""
    from app.adapters.doctor import registration  # noqa: PLC0415 # as below

    parameters, settings = Parameters(query), services.settings
    port = int(settings.bind.rpartition(":")[2] or 0)
    ours = audience.origins(settings.base_url, development=settings.development, port=port)
    with services.transaction() as session:
        client = find.by_client_id(session, front_door.client_id(parameters))
        if client is None or client.name != registration.NAME:
            raise Misdirected("Only the check's own client is approved by it.")
        request = front_door.check(parameters, client, ours)
        return checks.approved(session, check_id, client, request, clock.now())


HANDLER = Handler(run, gave_up)
