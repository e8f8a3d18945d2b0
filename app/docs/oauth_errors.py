"""The words of the OAuth endpoints' refusals: what each means and what mends it."""

OAUTH_ERRORS = {
    "invalid_request": (
        "The request is incomplete, says something twice or has the wrong form. The token "
        "endpoint takes form encoding by POST, registration takes a JSON object of at most 16 kB."
    ),
    "invalid_client": (
        "The client is not known here, has ended, or did not prove itself the way it registered. "
        "Register again, or compare the client id and secret with the dashboard."
    ),
    "invalid_client_metadata": (
        "A field of the registration cannot be accepted; `error_description` names it."
    ),
    "invalid_redirect_uri": (
        "1 to 10 redirect URIs of at most 500 characters: https, http on 127.0.0.1, [::1] or "
        "localhost, or a private-use scheme of a public client. No wildcard, fragment, user or "
        "password. A request must name one of them as it was registered; the port of a loopback "
        "address is free."
    ),
    "invalid_grant": (
        "The code or refresh token is used, expired, ended or another client's. Connect again."
    ),
    "invalid_scope": "A scope is unknown, or more than the client or the grant may have.",
    "invalid_target": "`resource` is not an address of our MCP endpoint.",
    "invalid_token": "The bearer has ended or is not ours. Refresh it, or connect again.",
    "unauthorized_client": "The client did not register for this grant.",
    "unsupported_grant_type": "This grant is not offered; the metadata lists those that are.",
    "unsupported_response_type": "`response_type` is `code`; there is no other.",
    "request_not_supported": "Requests are sent as plain parameters, not as a `request` object.",
    "request_uri_not_supported": "Requests are sent as plain parameters, not by `request_uri`.",
    "registration_not_supported": "Clients register at the registration endpoint beforehand.",
    "login_required": (
        "`prompt=none` was asked and nobody is signed in, or not lately enough, or somebody else. "
        "Ask again without it."
    ),
    "consent_required": "`prompt=none` was asked and the person has to approve. Ask without it.",
    "interaction_required": (
        "`prompt=none` was asked and the person has to prove their address. Ask again without it."
    ),
    "access_denied": "The person said no, or may not say yes.",
    "authorization_pending": "Nobody has answered the device's code yet. Poll again in `interval`.",
    "slow_down": "The device polled too early: wait 5 seconds longer from now on.",
    "expired_token": "Nobody answered the device's code within 10 minutes. Ask for a new one.",
    "temporarily_unavailable": "Too many requests or a short outage: wait for `Retry-After`.",
    "server_error": "Something broke on our side. Try again; if it stays, write to us.",
}
