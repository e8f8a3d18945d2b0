# The image of web, worker and commands. decisions/0031 says why it is as it is.
#   docker build -t polis .
#   docker build -t polis --build-arg CHROMIUM=yes --build-arg EXTRAS="otel sentry" .
# Debian 13 has the client of PostgreSQL 17, which compose.yaml runs.
ARG PYTHON=3.11-slim-trixie

FROM python:${PYTHON} AS build
WORKDIR /opt/polis
COPY requirements requirements
ARG EXTRAS=""
RUN python3 -m venv .venv && \
    for lock in runtime $EXTRAS; do \
      .venv/bin/python -m pip install --quiet --no-cache-dir --no-deps --require-hashes \
        -r "requirements/$lock.txt" || exit 1; \
    done
COPY pyproject.toml README.md LICENSE CHANGELOG.md gunicorn.conf.py wsgi.py ./
COPY deploy deploy
COPY app app
COPY bench/validity.json bench/validity.json
RUN .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation -e . && \
    .venv/bin/python -m pip uninstall --quiet --yes pip && \
    .venv/bin/python -m compileall -q -j 0 app gunicorn.conf.py wsgi.py .venv/lib

FROM python:${PYTHON}
ARG CHROMIUM=""
ARG POSTGRESQL=17
RUN apt-get update && \
    apt-get install --yes --no-install-recommends "postgresql-client-$POSTGRESQL" \
      ${CHROMIUM:+chromium fonts-liberation} && \
    rm -rf /var/lib/apt/lists/* && \
    python3 -m pip uninstall --quiet --yes --root-user-action ignore pip && \
    groupadd --system --gid 10001 polis && \
    useradd --system --uid 10001 --gid polis --home-dir /var/lib/polis --shell /usr/sbin/nologin polis && \
    install -d -o polis -g polis -m 0700 /var/lib/polis
COPY --from=build /opt/polis /opt/polis
ENV PATH=/opt/polis/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    POLIS_ENV=production \
    POLIS_INSTANCE_DIR=/var/lib/polis \
    POLIS_BIND=0.0.0.0:8000
WORKDIR /opt/polis
USER polis
VOLUME /var/lib/polis
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "deploy/healthy.py", "web"]
CMD ["gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
