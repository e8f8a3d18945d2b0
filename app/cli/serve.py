"""`polis serve`: web and worker side by side."""

import os
import socket
from urllib.parse import urlsplit

import click

from app import bootstrap, demo_data
from app.adapters import telling
from app.cli import environment
from app.cli.output import fail, say
from app.kit import supervisor
from app.settings import PREFIX, Settings

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Default: PORT, or 8000.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--no-auth", is_flag=True, help="Let local calls in without a key (development).")
def serve(port: int | None, host: str, no_auth: bool) -> None:  # noqa: FBT001 # click's flag
    """Serve web and worker; development unless POLIS_ENV says otherwise."""
    port = port or _port_from_environment()
    environment.choose_development()
    os.environ.setdefault(f"{PREFIX}BASE_URL", f"http://127.0.0.1:{port}")
    settings = environment.read(no_auth="1") if no_auth else environment.read()
    _check_no_auth(settings, host)
    telling.check(settings)
    _check_free(host, port)
    its = bootstrap.build(settings)
    environment.prepare(its)
    if settings.development:
        say(demo_data.banner(its, demo_data.ensure(its)))
    its.database.dispose()
    shown = f"[{host}]" if ":" in host else host
    os.environ[f"{PREFIX}BIND"] = f"{shown}:{port}"
    supervisor.become(settings.worker_processes)


def _port_from_environment() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        fail(f"PORT is {text!r}; set it to a number from 1 to 65535.")
    return int(text)


def _check_no_auth(settings: Settings, host: str) -> None:
    if not settings.no_auth:
        return
    public = urlsplit(settings.base_url).hostname not in _LOOPBACK
    if not settings.development or host not in _LOOPBACK or public:
        fail("--no-auth works in development, on 127.0.0.1, and without a public POLIS_BASE_URL.")


def _check_free(host: str, port: int) -> None:
    """Say in one sentence what gunicorn would say in forty lines."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Choose another: PORT={port % 65535 + 1} make run"
            )
