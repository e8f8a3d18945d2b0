"""The application for gunicorn: `gunicorn -c gunicorn.conf.py wsgi:app`."""

from app import bootstrap, settings
from app.web import create_app

services = bootstrap.build(settings.from_environment())
bootstrap.check(services)
app = create_app(services)
