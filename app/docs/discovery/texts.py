"""Documents that are lines of text: for crawlers, for finders of holes, for agents."""

from datetime import timedelta
from html import escape

from app.docs.discovery.place import Place
from app.kit import clock

_PAGES = ("/", "/pricing", "/docs", "/privacy", "/terms", "/support", "/status")
_NOT_FOR_CRAWLERS = ("/app", "/oauth", "/pay", "/claim", "/api")
_GOOD_FOR = timedelta(days=180)  # RFC 9116 §2.5.5 wants less than a year


def robots(place: Place) -> str:
    """What crawlers may read: everything that is the same for everybody."""
    closed = "".join(f"Disallow: {path}\n" for path in _NOT_FOR_CRAWLERS)
    return f"User-agent: *\nAllow: /\n{closed}\nSitemap: {place.base}/sitemap.xml\n"


def sitemap(place: Place) -> str:
    """Every page that is the same for everybody."""
    paths = [*_PAGES, *(f"/docs/{page.slug}" for page in place.catalogue.pages)]
    urls = "".join(f"  <url><loc>{escape(place.base + path)}</loc></url>\n" for path in paths)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{urls}</urlset>\n"
    )


def security(place: Place) -> str:
    """Whom to tell of a hole (RFC 9116)."""
    base = place.base
    return (
        f"Contact: mailto:{place.settings.support_email}\n"
        f"Contact: {base}/report-leak\n"
        f"Expires: {clock.iso(clock.day_start(place.now) + _GOOD_FOR)}\n"
        "Preferred-Languages: en\n"
        f"Canonical: {base}/.well-known/security.txt\n"
        f"Policy: {base}/docs/security\n"
    )


def openai_apps_challenge(place: Place) -> str | None:
    """OpenAI's proof that the domain is ours; None while none was set."""
    return place.settings.openai_apps_challenge or None


def start(place: Place) -> str:
    """The shell script that gets a key and says how to use it."""
    return place.catalogue.start()


def skill(place: Place) -> str:
    """What an agent can do here, step by step, with what it costs."""
    return place.catalogue.skill()
