"""Static files under one version: an address names its bytes, so a browser may keep them for good.

The version covers the folder, so that what a style sheet refers to stays in its version.
"""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

FOLDER = Path(__file__).parents[1] / "static"

blueprint = Blueprint("static_files", __name__)


@blueprint.app_template_global()
def asset(name: str) -> str:
    """The address of a file in its present version."""
    return f"/static/{version()}/{name}"


@blueprint.get("/static/<version_>/<path:name>")
def serve(version_: str, name: str) -> Response:
    """A file of the look; one asked for under another version is not kept."""
    answer = send_from_directory(FOLDER, name)
    current = version_ == version()
    answer.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if current else "no-cache"
    )
    return answer


@blueprint.get("/icon.svg", defaults={"name": "favicon.svg"})
@blueprint.get("/icon.png", defaults={"name": "icon-96.png"})
@blueprint.get("/preview.png", endpoint="preview", defaults={"name": "preview.png"})
@blueprint.get("/favicon.ico", endpoint="favicon", defaults={"name": "icon-96.png"})
def icon(name: str) -> Response:
    """Our mark, at addresses others write down."""
    answer = send_from_directory(FOLDER, name)
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


@cache
def version() -> str:
    """A digest of every file and its name."""
    digest = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
