"""Letters about somebody's own account: signing in, and what guards it."""

from app.domain.letters.letter import Letter

LETTERS = {
    "verify": Letter(
        "Confirm your address for Polis",
        """Somebody, we hope you, signed up at Polis with this address.

Confirm it here; the link works once, for {life}:

{link}

It was not you? Then do nothing. Unless you confirm it, whoever signed up can try Polis with a
test key, but connect no app, invite nobody and buy nothing.""",
        link="verify",
    ),
    "known_address": Letter(
        "You have an account at Polis already",
        """Somebody, we hope you, tried to sign up at Polis with this address, which has an account.

Sign in here, without a password; the link works once, for {life}:

{link}

It was not you? Then do nothing: nobody learnt that this address is known here.""",
        link="sign_in",
    ),
    "claim": Letter(
        "Claim what was set up for you at Polis",
        """An agent, we hope yours, had a key for Polis made in the name of this address.

See what it made and spent, keep the key or end it, and get the rest of your trial tokens. The
link works once, for {life}:

{link}

It was not yours? End the key there, or do nothing: after 30 days it ends by itself, unless
something was bought for it.""",
        link="claim",
    ),
    "provision_known": Letter(
        "You have an account at Polis already",
        """An agent, we hope yours, asked for a key for Polis in the name of this address, which has
an account. It got none.

Sign in here and make one for it; the link works once, for {life}:

{link}

It was not yours? Then do nothing: it learnt only that this address has an account.""",
        link="sign_in",
    ),
    "sign_in": Letter(
        "Your link to sign in to Polis",
        """Sign in here; the link works once, for {life}:

{link}

You did not ask for it? Then do nothing. Whoever asked cannot use it without this mail.""",
        link="sign_in",
    ),
    "reset": Letter(
        "Choose a new password for Polis",
        """Choose a new password here; the link works once, for {life}:

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
    "factor_changed": Letter(
        "How you sign in to Polis was changed",
        """{what}.

When: {at}

It was you? Then do nothing.
It was not? Choose a new password, which signs out every browser, then look through what signs
you in: {base_url}/app/settings/security""",
    ),
    "provider_changed": Letter(
        "How you sign in to Polis was changed",
        """{what}.

When: {at}

It was you? Then do nothing.
It was not? Look through what signs you in: {base_url}/app/settings/security""",
    ),
    "change_email": Letter(
        "Confirm your new address for Polis",
        """Somebody, we hope you, asked to use Polis with this address from now on.

Confirm it here, in a browser that is signed in; the link works once, for {life}:

{link}

It was not you? Then do nothing: without your confirmation nothing changes.""",
        link="change_email",
    ),
    "address_taken": Letter(
        "You have an account at Polis already",
        """Somebody, we hope you, asked to use their account at Polis with this address. It has an
account of its own, so nothing was changed.

Sign in to that account, or use another address for the other one: {base_url}/login

It was not you? Then do nothing: nobody learnt that this address is known here.""",
    ),
    "address_changed": Letter(
        "Your address at Polis was changed",
        """Your account at Polis has another e-mail address from now on; mail goes there.

When: {at}

It was you? Then do nothing.
It was not? Undo it here. This address comes back, every browser is signed out, and whatever was
added since to sign in with is removed. The link works once, for {life}:

{link}""",
        link="undo_email",
    ),
    "key_created": Letter(
        "A key for Polis was made",
        """An API key was made in your account.

It begins with: {prefix}
When: {at}
From: {address}

It was you? Then do nothing.
It was not? Revoke it, and choose a new password: {base_url}/app/keys""",
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
}
