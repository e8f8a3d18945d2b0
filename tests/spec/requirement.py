"""What one demand is: whose it is, in one sentence, and the tests that show it."""

from typing import NamedTuple


class Requirement(NamedTuple):
    """A demand of a standard, of a client seen in the wild, or of our own promise."""

    id: str
    source: str  # the standard and its section, or a public address
    sentence: str
    tests: tuple[str, ...]  # `path under tests::name`, parametrised ones by their bare name


def shown(id_: str, source: str, sentence: str, *tests: str) -> Requirement:
    """One entry of a list; `a.py::x` then `::y` names two tests of one file."""
    named, path = [], ""
    for each in tests:
        path = each.partition("::")[0] or path
        named.append(f"{path}::{each.partition('::')[2]}")
    return Requirement(id_, source, sentence, tuple(named))


RFC = "https://www.rfc-editor.org/rfc/rfc{}"
MCP = "https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization"
CIMD = "https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/"
OIDC = "https://openid.net/specs/openid-connect-core-1_0.html"
ASVS = "OWASP ASVS 5.0 V10"
POLIS = "our own promise"
