"""The application for gunicorn: `gunicorn -c gunicorn.conf.py wsgi:app`."""

from app.web.start import start

app = start()
