"""What the code is worth: tokens, new ones for old, and their end."""

from app.adapters.doctor.case import Case, text
from app.adapters.doctor.protocol import asked
from app.adapters.doctor.steps import Step


def exchange(case: Case, step: Step) -> None:
    """The code for tokens."""
    form = {
        "grant_type": "authorization_code",
        "code": case.code,
        "redirect_uri": case.redirect_uri,
        "code_verifier": case.verifier,
    }
    _ask(case, step, form, "token")
    lasting = text(case.tokens, "refresh_token")
    step.expect("refresh", lasting, "Asks its person to sign in again whenever the token ends.")


def refresh(case: Case, step: Step) -> None:
    """A new pair for the old one, with no scope said: it stays what it was."""
    old = text(case.tokens, "refresh_token")
    step.need("refresh", old, "Has nothing to refresh with.")
    before = case.tokens.get("scope")
    _ask(case, step, {"grant_type": "refresh_token", "refresh_token": old}, "refresh")
    new = text(case.tokens, "refresh_token")
    step.expect("not_rotated", new not in {"", old}, "Keeps a token that may have been copied.")
    step.expect("scope_lost", case.tokens.get("scope") == before, "Loses what it was allowed.")
    case.tokens.setdefault("refresh_token", old)
    answer = asked(case, step, "tools/list", text(case.tokens, "access_token"))
    step.expect("refresh", answer.status == 200, "Has a fresh token that opens nothing.")


def revoke(case: Case, step: Step) -> None:
    """Give the tokens back; nothing they opened stays open."""
    endpoint = text(case.server, "revocation_endpoint")
    step.need("no_revocation", endpoint, "Forgets the token, which stays good.")
    form = {"token": text(case.tokens, "refresh_token") or text(case.tokens, "access_token")}
    answer = case.wire.post_form(step, endpoint, form | case.credentials)
    step.expect("revocation", answer.status == 200, "Cannot give its tokens back.")
    after = asked(case, step, "tools/list", text(case.tokens, "access_token"))
    step.expect("still_valid", after.status == 401, "Its token is good after its end.")


def _ask(case: Case, step: Step, form: dict[str, str], fault: str) -> None:
    aimed = {"resource": text(case.resource, "resource") or case.url}
    endpoint = text(case.server, "token_endpoint")
    answer = case.wire.post_form(step, endpoint, form | aimed | case.credentials)
    found = answer.facts if answer.status == 200 else {}
    step.need(fault, text(found, "access_token"), "Gets no token: the connection has failed.")
    case.tokens = found
    kind = text(found, "token_type").lower()
    step.expect("token_type", kind == "bearer", "Does not know how to send this token.")
    kept = "no-store" in answer.headers.get("Cache-Control", "")
    step.expect("no_store", kept, "Leaves the token in caches on the way.")
