"""One worker process: takes work until it is told to stop, then finishes what it holds."""

import os
import signal
import sys
from types import FrameType

from app import outbox
from app.adapters.queue import Queue
from app.bootstrap import Services
from app.kit import ids, logs, meters
from app.worker.delivery import Delivery
from app.worker.jobs import HANDLERS
from app.worker.pulse import Pulse

STOP_WITHIN_S = 20


def run(services: Services) -> None:
    """Work until SIGTERM or SIGINT."""
    owner = f"{outbox.here()}{os.getpid()}:{ids.new('w')[-8:]}"
    meters.join(services.settings.instance_dir, "worker")
    for kind in HANDLERS:
        for meter in (meters.WORK_FAILED, meters.WORK_GIVEN_UP, meters.LEASES_LOST):
            meter.add(kind, amount=0)  # as `meters.join` does for what is seldom
    services.engine()  # imported before the first run, not during it
    delivery = Delivery(services, owner)
    pulse = Pulse(services, owner, delivery.at_work)
    queue = Queue(services.settings.queue_url, services.settings.database)
    # Until the consumer listens: a worker that was heard of takes itself off the list.
    signal.signal(signal.SIGTERM, _end)
    try:
        pulse.start()
        logs.logger("worker").info("worker.started", owner=owner)
        queue.consume(delivery, stop_within_s=STOP_WITHIN_S)
    finally:
        services.model.hang_up()
        pulse.stop()
        logs.logger("worker").info("worker.stopped", owner=owner)


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
