"""A Chromium that lives for one look: fresh profile, no way out but the proxy, dead afterwards."""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_ABOVE = 10  # so that no pipe of ours has a number the browser's end will get
_READS, _WRITES = 3, 4  # where Chromium has its ends of the pipes

_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-quic",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--dns-prefetch-disable",
    "--no-pings",
    "--mute-audio",
    "--hide-scrollbars",
    "--deny-permission-prompts",
    "--window-size=1280,800",
    "--proxy-bypass-list=<-loopback>",  # loopback too is asked of the proxy, which refuses it
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # no name is looked up
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=256",
)


@contextmanager
def chromium(path: str, home: str, proxy_port: int, *, sandbox: bool) -> Iterator[tuple[int, int]]:
    """The pipes to read from it and to write to it; it and all its children die with the block."""
    theirs_in, ours_out = _pipe()
    ours_in, theirs_out = _pipe()
    try:
        try:
            flags = [f"--user-data-dir={home}", f"--proxy-server=http://127.0.0.1:{proxy_port}"]
            flags += [] if sandbox else ["--no-sandbox"]
            pid = _spawned([path, *_FLAGS, *flags, "about:blank"], home, theirs_in, theirs_out)
        finally:  # else its end would never be noticed
            os.close(theirs_in)
            os.close(theirs_out)
        try:
            yield ours_in, ours_out
        finally:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    finally:
        os.close(ours_in)
        os.close(ours_out)


def _spawned(arguments: list[str], home: str, reads: int, writes: int) -> int:
    return os.posix_spawn(
        arguments[0],
        arguments,
        _environment(home),
        setsid=True,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, reads, _READS),
            (os.POSIX_SPAWN_DUP2, writes, _WRITES),
        ],
    )


def _pipe() -> tuple[int, int]:
    """Both ends of a pipe, numbered out of the way."""
    ends = os.pipe()
    above = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _ABOVE) for end in ends]
    for end in ends:
        os.close(end)
    return above[0], above[1]


def _environment(home: str) -> dict[str, str]:
    """Nothing of ours: no setting, no secret, no proxy, no bus to talk to."""
    return {"HOME": home, "TMPDIR": home, "PATH": os.defpath, "LANG": "C.UTF-8"}
