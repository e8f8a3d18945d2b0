"""Makes the zip of an organization, of one moment, and says when it is there."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.orm import Session

from app import outbox
from app.adapters import archives, files
from app.bootstrap import Services
from app.domain import exported, exports
from app.kit import clock
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler


def run(services: Services, claim: Claim) -> None:
    """Write the file outside any writing transaction; nobody sees it before it is whole."""
    export_id = claim.payload["export_id"]
    with services.database.snapshot() as session:
        organization_id = exports.wanted(session, export_id)
        size = 0
        if organization_id is not None:
            path = files.export(services.settings.instance_dir, export_id)
            size = files.written(path, lambda half: _zip(half, session, organization_id))
    with services.transaction() as session:
        if outbox.finish(session, claim, clock.now()) and organization_id is not None:
            exports.ready(session, export_id, size, clock.now())


def gave_up(session: Session, claim: Claim, _why: Failure) -> None:
    """Whoever asked sees it on the page and may ask again."""
    exports.failed(session, claim.payload["export_id"], clock.now())


def _zip(path: Path, session: Session, organization_id: str) -> None:
    counts = {}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part in exported.parts(session, organization_id):
            counts[part.name] = archives.add_list(archive, f"{part.name}.json", part.rows)
        counts["runs"] = 0
        for each in exported.runs(session, organization_id):
            archive.writestr(f"runs/{each['id']}.json", archives.text(each))
            counts["runs"] += 1
        facts = {"organization_id": organization_id, "made_at": clock.iso(clock.now())}
        archive.writestr("manifest.json", archives.text({"format": 1, **facts, "counts": counts}))


HANDLER = Handler(run, gave_up)
