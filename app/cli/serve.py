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
from app.settings import Settings

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Default: PORT, or POLIS_BIND's.")
@click.option("--host", help="Address to listen on. Default: POLIS_BIND's, or 127.0.0.1.")
@click.option("--no-auth", is_flag=True, help="Let local calls in without a key (development).")
def serve(port: int | None, host: str | None, no_auth: bool) -> None:  # noqa: FBT001 # click's flag
    """Serve web and worker; development unless POLIS_ENV says otherwise."""
    port = port or _port_from_environment()
    environment.choose_development()
    settings = environment.read(no_auth="1") if no_auth else environment.read()
    host, port = _where(settings, host, port)
    if "base_url" not in settings.model_fields_set:
        settings = environment.read(base_url=f"http://127.0.0.1:{port}")
    _check_no_auth(settings, host)
    telling.check(settings)
    _check_free(host, port)
    settings = environment.read(bind=_shown(host, port))
    its = bootstrap.build(settings)
    environment.prepare(its)
    if settings.development:
        say(demo_data.banner(its, demo_data.ensure(its)))
    its.database.dispose()
    supervisor.become(settings.worker_processes)


def _port_from_environment() -> int | None:
    text = os.environ.get("PORT")
    if text is None:
        return None
    if not text.isdecimal() or not 0 < int(text) < 65536:
        fail(f"PORT is {text!r}; set it to a number from 1 to 65535.")
    return int(text)


def _where(settings: Settings, host: str | None, port: int | None) -> tuple[str, int]:
    """As the command says, else as POLIS_BIND does; a word where that is another place."""
    its_host, _, its_port = settings.bind.rpartition(":")
    its_host = its_host.strip("[]")
    if settings.development and its_host not in _LOOPBACK:
        its_host = "127.0.0.1"  # a development server is everybody's only where that was typed
    host, port = host or its_host, port or int(its_port)
    if "bind" in settings.model_fields_set and settings.bind != _shown(host, port):
        say(
            f"polis: Listening on {_shown(host, port)}, not on POLIS_BIND's {settings.bind}: "
            "--host, --port and PORT go before it; in development only --host lets others in."
        )
    return host, port


def _shown(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


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
