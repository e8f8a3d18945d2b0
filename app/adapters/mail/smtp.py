"""Mail by SMTP, always encrypted where a password is sent."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from urllib.parse import urlsplit

from app.domain.post import Mail, NotSent
from app.kit import clock
from app.settings import Settings

_SECONDS = 20
_TLS_FROM_THE_START = 465


class Smtp:
    """Hands each mail to the server over a connection of its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._host = urlsplit(settings.base_url).hostname or "localhost"

    def send(self, mail: Mail) -> None:
        """Send one mail; what the server says is told without the address it says it of."""
        try:
            with self._server() as server:
                self._prepare(server)
                server.send_message(self._message(mail), to_addrs=[mail.recipient])
        except smtplib.SMTPResponseException as error:
            raise NotSent(f"The mail server answered {error.smtp_code}.") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"The mail server did not take a mail: {type(error).__name__}.") from None

    def _server(self) -> smtplib.SMTP:
        host, port = self._settings.smtp_host, self._settings.smtp_port
        if port == _TLS_FROM_THE_START:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
        return smtplib.SMTP(host, port, timeout=_SECONDS)

    def _prepare(self, server: smtplib.SMTP) -> None:
        """A server that offers no encryption gets mail, but never the password."""
        its, encrypted = self._settings, isinstance(server, smtplib.SMTP_SSL)
        server.ehlo()
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            encrypted = True
        if its.smtp_user and not encrypted:
            raise NotSent("The mail server offers no encryption, and a password is set for it.")
        if its.smtp_user:
            server.login(its.smtp_user, its.smtp_password)

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._settings.smtp_from or formataddr(
            ("Polis", f"no-reply@{self._host}")
        )
        message["To"] = mail.recipient
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{mail.id}@{self._host}>"  # twice the same mail is seen as one
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body)
        return message
