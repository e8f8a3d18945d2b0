"""Letters about an organization: its people, apps, keys, limits and end."""

from app.domain.letters.letter import Letter

LETTERS = {
    "invitation": Letter(
        "You are invited to an organization at Polis",
        """Somebody with the address {inviter} invites you to work with them at Polis.

See what it is about, and join or not; the link works once, for {life}:

{link}

You do not know them? Then do nothing: without you nothing happens.""",
        link="invitation",
    ),
    "export_ready": Letter(
        "Your export from Polis is ready",
        """The export you asked for is ready: everything of the organization as a zip of JSON.

Fetch it by {until}; after that it is deleted:

{base_url}/app/settings/organization

It is for owners, signed in. It was not you? Choose a new password: {base_url}/forgot""",
    ),
    "organization_deletion": Letter(
        "An organization you own at Polis is being deleted",
        """An owner asked for an organization you own to be deleted.

Organization: {organization_id}
Asked by: {by}
Its keys and connections have stopped. Everything in it is deleted for good: {due}

Until then any owner can undo it: {base_url}/app/settings/organization""",
    ),
    "account_deletion": Letter(
        "Your account at Polis is being deleted",
        """You, we hope, asked for your account at Polis to be deleted.

You are signed out everywhere, and your keys and connections have stopped.
Everything of yours is deleted for good: {due}

Until then you can undo it: sign in at {base_url}/login

It was not you? Sign in, undo it, and choose a new password: {base_url}/forgot""",
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
    "key_expiring": Letter(
        "A key for Polis ends {when}",
        """An API key of yours reaches its end.

It begins with: {prefix}
It ends: {at}
Last used: {last_used_at}

Still needed? Give it a later end, or roll it: {base_url}/app/keys
Requests with it fail once it has ended.""",
    ),
    "limit_reached": Letter(
        "A spending limit at Polis was reached",
        """{what} wanted to spend more than its limit allows and was refused.

Organization: {organization}
Limit: {amount} in the period that began on {period}
When: {at}

What is within the limit goes on. Only an owner raises it: {base_url}/app/{page}
You get this mail once a period for each limit.""",
    ),
    "cap_share": Letter(
        "Overage at Polis has used {share} % of its cap",
        """Overage of your organization has cost {used} of the {cap} it may cost in this period.
Tests that run count with their whole price until they end.

Organization: {organization}
The period ends: {until}
When: {at}

At {cap} tests are refused until then. See what was spent, or change the cap:
{base_url}/app/billing

You get this mail once a period at 50, 80 and 100 % of each cap.""",
    ),
    "cap_used_up": Letter(
        "Overage at Polis has reached its cap",
        """Overage of your organization has cost {used} of the {cap} it may cost in this period.
Tests that run count with their whole price until they end.

Organization: {organization}
The period ends: {until}
When: {at}

Tests that need more are refused until then. To go on, raise the cap or buy a pack:
{base_url}/app/billing

You get this mail once a period at 50, 80 and 100 % of each cap.""",
    ),
    "webhook_disabled": Letter(
        "A webhook of yours was switched off",
        """Nothing we sent to a webhook of your organization has arrived for days, or it answered
that it is gone. It is switched off, and is told nothing more.

Host: {host}
Failing since: {since}

See what it answered, mend it, and switch it on again: {base_url}/app/webhooks""",
    ),
}
