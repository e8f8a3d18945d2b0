"""How mail leaves: by SMTP where a server is set, into the mailbox of development otherwise."""

from app.adapters.mail.mailbox import Mailbox
from app.db import Database
from app.domain.ports import Mailer
from app.domain.post import NotSent
from app.settings import Settings


def build(settings: Settings, database: Database, keys: tuple[str, ...]) -> Mailer:
    """The mailer of an installation."""
    if settings.smtp_host:
        from app.adapters.mail.smtp import Smtp  # noqa: PLC0415 # only whoever sends pays for it

        return Smtp(settings)
    if settings.development:
        return Mailbox(database, keys)
    raise NotSent("No mail server is set.", hint="Set POLIS_SMTP_HOST.")
