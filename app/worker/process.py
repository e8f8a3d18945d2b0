"""One worker process: takes work until it is told to stop, then finishes what it holds."""

import os
import socket

from app.adapters.queue import Queue
from app.bootstrap import Services
from app.kit import ids, logs, meters
from app.worker.delivery import Delivery
from app.worker.pulse import Pulse

STOP_WITHIN_S = 20


def run(services: Services) -> None:
    """Work until SIGTERM or SIGINT."""
    owner = f"{socket.gethostname()[:30]}:{os.getpid()}:{ids.new('w')[-8:]}"
    meters.join(services.settings.instance_dir, "worker")
    services.engine()  # imported before the first run, not during it
    pulse = Pulse(services, owner)
    queue = Queue(services.settings.queue_url, services.settings.database)
    pulse.start()
    logs.logger("worker").info("worker.started", owner=owner)
    try:
        queue.consume(Delivery(services, owner), stop_within_s=STOP_WITHIN_S)
    finally:
        services.model.hang_up()
        pulse.stop()
        logs.logger("worker").info("worker.stopped", owner=owner)
