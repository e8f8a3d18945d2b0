"""Addresses at the root for clients that guess: the same views, so the same rules and limits."""

from app.web.oauth import blueprint, register, token

blueprint.add_url_rule("/register", "register_alias", register.registration, methods=["POST"])
blueprint.add_url_rule("/token", "token_alias", token.token, methods=["POST"])
