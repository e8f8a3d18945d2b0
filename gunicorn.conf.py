"""How gunicorn serves Polis; figures behind each choice are in decisions/0012."""

import gc
import os

# The modules are read once, before the processes part, and their memory is shared; each process
# then builds an application and connections of its own. Nothing of an import is garbage.
gc.disable()
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else every package is asked for one
from sqlalchemy.orm import configure_mappers  # noqa: E402 # with the collector at rest

from app.web import start  # noqa: E402 # as above

configure_mappers()  # else every process does it for itself, with its first statement
chosen = start.read()
gc.freeze()
gc.enable()

bind = chosen.bind
workers = chosen.web_processes
worker_class = "app.web.gunicorn_worker.Worker"
threads = chosen.web_threads
timeout = 60  # a worker that hangs this long is replaced; no answer of ours waits longer than 25 s
graceful_timeout = 30  # SIGTERM lets requests in flight finish
keepalive = 15
limit_request_line = 8190  # an authorization request with the longest state, every byte escaped
forwarder_headers = ""  # no proxy says under which path we are: every address of ours begins at /
control_socket_disable = True  # it would be opened in the home folder of whoever runs this
accesslog = None  # app/web/outermost.py writes the line, without arguments and with the request id
errorlog = "-"
loglevel = "warning"
server_software = ""
