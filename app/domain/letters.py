"""Every letter we send: its subject, its words, and the kind of link it carries."""

from collections.abc import Mapping
from typing import NamedTuple


class Letter(NamedTuple):
    """Words with `{facts}` in them; none of those may be text a stranger typed."""

    subject: str
    words: str
    link: str = ""  # purpose of the link the worker mints for it

    def written(self, facts: Mapping[str, object]) -> tuple[str, str]:
        """Subject and body; a missing fact is a mistake of whoever records the letter."""
        told = {name: "unknown" if value is None else value for name, value in facts.items()}
        return self.subject.format_map(told), (self.words + _CLOSING).format_map(told)


_CLOSING = """

Polis, {base_url}
"""

LETTERS = {
    "verify": Letter(
        "Confirm your address for Polis",
        """Somebody, we hope you, signed up at Polis with this address.

Confirm it here; the link works once, for 30 minutes:

{link}

It was not you? Then do nothing: without your confirmation the account can do nothing.""",
        link="verify",
    ),
    "known_address": Letter(
        "You have an account at Polis already",
        """Somebody, we hope you, tried to sign up at Polis with this address, which has an account.

Sign in here, without a password; the link works once, for 30 minutes:

{link}

It was not you? Then do nothing: nobody learnt that this address is known here.""",
        link="sign_in",
    ),
    "sign_in": Letter(
        "Your link to sign in to Polis",
        """Sign in here; the link works once, for 30 minutes:

{link}

You did not ask for it? Then do nothing. Whoever asked cannot use it without this mail.""",
        link="sign_in",
    ),
    "reset": Letter(
        "Choose a new password for Polis",
        """Choose a new password here; the link works once, for 30 minutes:

{link}

Your sessions in every browser end with it.

You did not ask for it? Then do nothing: your password stays as it is.""",
        link="reset",
    ),
    "new_device": Letter(
        "New sign-in to Polis",
        """Your account was signed in to from a browser we have not seen with it:

When: {at}
From: {address}
Browser: {browser}

It was you? Then do nothing.
It was not? Choose a new password, which signs out every browser: {base_url}/forgot""",
    ),
    "password_changed": Letter(
        "Your password at Polis was changed",
        """The password of your account was changed, and every other browser was signed out.

When: {at}
From: {address}

It was not you? Choose a new one at once: {base_url}/forgot""",
    ),
    "leak": Letter(
        "A {what} of yours was found in public, and is dead",
        """A {what} of your organization was found where anybody can read it. It is dead already:
nothing it opened opens any more.

Name: {name}
Last four characters: {last_four}
Made: {made_at}
Last used: {last_used_at} from {last_used_from}
Requests in its life: {requests}
Runs it started in the last 30 days: {runs}
Reported by: {reporter}
Found at: {where}

What to do now:
1. Put a new one where the old one was; the page below says how.
2. Take the old one out of where it was found, history included.
3. Look through your runs for some that are not yours.

More: {base_url}/docs/security""",
    ),
    "token_reuse": Letter(
        "{app} was cut off from Polis",
        """A token that had been exchanged already was shown to us a second time.

App: {app}
When: {at}

Either the app made a mistake, or somebody else holds a copy. We cannot tell which, so this
connection has ended and all of its tokens with it.

Connect the app again if you still use it. If this happens twice, tell whoever makes it.""",
    ),
    "app_connected": Letter(
        "{app} is connected to Polis",
        """You allowed an app to use Polis for you.

App: {app}
The code went to: {host}
Organization: {organization}
It may spend: {limit}
Until: {until}
When: {at}

It was not you? Disconnect it: {base_url}/app/apps""",
    ),
}
