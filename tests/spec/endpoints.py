"""Where everything is, what the documents say, and where a token is good."""

from tests.spec.requirement import MCP, POLIS, RFC, shown

META = "web/oauth/test_metadata.py"
TRUTH = "web/oauth/test_metadata_truth.py"
OPEN = "web/oauth/test_open_to_pages.py"
TOKENS = "web/product/test_app_tokens.py"

ENDPOINTS = (
    shown(
        "resource-metadata-places", RFC.format("9728") + "#section-3.1",
        "Resource metadata stands at the root, under each name of the endpoint, and below it.",
        f"{META}::test_the_resource_is_described_wherever_clients_look",
        "::test_the_root_document_is_byte_for_byte_that_of_the_first_name",
    ),
    shown(
        "resource-metadata-members", RFC.format("9728") + "#section-2",
        "It names the resource as it was asked for, one server, header bearers, two scopes, and "
        "our documentation, policy and terms.",
        f"{META}::test_the_resource_is_described_wherever_clients_look",
        f"{TRUTH}::test_s9_the_resource_is_what_its_document_says",
    ),
    shown(
        "server-metadata-places", RFC.format("8414") + "#section-3.1",
        "Server metadata and OpenID discovery are one document, also below each name.",
        f"{META}::test_the_server_is_described_in_the_same_words_everywhere",
        "::test_the_document_has_what_both_standards_require",
    ),
    shown(
        "issuer", RFC.format("8414") + "#section-2",
        "The issuer is one constant string without a slash; in development the name that was asked.",
        f"{META}::test_in_production_the_issuer_is_one_string",
        "::test_in_development_the_name_that_was_asked_stands_for_us",
    ),
    shown(
        "server-metadata-members", MCP,
        "Only what works is advertised: S256, `none` first, documents as clients, iss, "
        "revocation, introspection, userinfo, device, offline_access, our pages.",
        f"{META}::test_the_server_tells_what_claude_and_chatgpt_choose_by",
        "::test_no_member_is_empty_and_every_address_is_ours",
        "::test_every_address_of_the_documents_leads_somewhere",
        f"{TRUTH}::test_s9_what_is_advertised_works",
    ),
    shown(
        "aliases", MCP,
        "/authorize, /token and /register at the root are the same views with the same limits.",
        "web/oauth/test_aliases.py::test_a_client_that_guesses_gets_from_registration_to_tokens",
        "::test_registration_is_the_same_at_both_addresses",
        "web/oauth/test_authorize.py::test_what_breaks_a_rule_goes_back_at_once_with_the_issuer",
    ),
    shown(
        "endpoints-there", RFC.format("8414"),
        "Register, token, revoke, introspect, userinfo, device and keys are where they are said.",
        f"{TRUTH}::test_s9_every_page_and_endpoint_named_is_there_and_no_other",
    ),
    shown(
        "audience-one-name", RFC.format("8707"),
        "A token is good at the name it was asked for, and at both where none was named.",
        f"{TOKENS}::test_a_token_is_good_only_at_the_name_it_was_asked_for",
        "web/oauth/test_connectors.py::test_connector_2_a_fresh_token_is_good_at_the_address_it_was_asked_for",
    ),
    shown(
        "audience-userinfo", "https://openid.net/specs/openid-connect-core-1_0.html#UserInfo",
        "Userinfo takes any token of ours with openid, and nothing else.",
        "web/oauth/test_id_tokens.py::test_userinfo_takes_a_token_for_any_name",
        "::test_userinfo_refuses_what_is_no_token_with_openid",
    ),
    shown(
        "audience-dashboard", POLIS,
        "No page takes a bearer, no endpoint a cookie.",
        "web/test_forged_forms.py::test_s25_a_bearer_is_a_stranger_to_the_pages",
        "::test_s25_a_signed_in_browser_is_a_stranger_to_the_api",
    ),
    shown(
        "audience-development", POLIS,
        "In development localhost, 127.0.0.1 and [::1] with our port stand for us, and only they.",
        "web/oauth/test_authorize.py::test_in_development_the_name_that_was_asked_is_the_issuer_and_a_resource",
        "::test_another_port_of_this_machine_is_no_resource_of_ours",
    ),
    shown(
        "challenge", RFC.format("6750") + "#section-3",
        "Without a credential the challenge names no error; with a bad one it says which; "
        "insufficient scope names what is needed and where the metadata is.",
        "web/product/test_challenges.py::test_every_message_without_a_credential_is_shown_the_way",
        "::test_a_malformed_key_is_told_what_keys_look_like",
        f"{TOKENS}::test_a_token_without_the_endpoints_scopes_is_shown_which_it_needs",
        "::test_an_ended_connection_is_refused_at_the_very_next_request",
    ),
    shown(
        "cors-open", "https://fetch.spec.whatwg.org/#http-cors-protocol",
        "Metadata, keys, registration and its management, token, revocation and userinfo may be "
        "read by any page, preflights and errors included.",
        f"{OPEN}::test_a_page_reads_the_answer_of_an_open_endpoint_whatever_it_is",
        "::test_a_preflight_of_an_open_endpoint_allows_what_clients_send",
        f"{META}::test_any_web_page_may_read_the_documents",
    ),
    shown(
        "cors-shut", "https://fetch.spec.whatwg.org/#http-cors-protocol",
        "Authorize, consent, introspection, device and leak endpoints may be read by none.",
        f"{OPEN}::test_no_page_reads_anything_else",
        "web/leaks/test_form.py::test_no_other_site_may_read_the_answer",
        "web/oauth/test_device.py::test_no_web_page_may_ask",
    ),
    shown(
        "errors-form", RFC.format("6749") + "#section-5.2",
        "Errors are JSON with no-store and an error_uri into the page that explains them.",
        f"{OPEN}::test_every_refusal_of_an_endpoint_has_the_one_form",
        "::test_the_page_refusals_lead_to_explains_every_word_of_them",
        "web/oauth/test_token.py::test_what_is_not_a_request_is_said_to_be_none",
    ),
    shown(
        "errors-status", RFC.format("6749") + "#section-5.2",
        "invalid_grant is 400, a dead client 401 invalid_client, JSON 400, GET 405.",
        "web/oauth/test_token.py::test_a_replay_is_refused_and_its_end_stands",
        "::test_a_client_that_is_gone_is_told_to_register_again", "::test_json_is_not_a_form",
        "::test_only_posting_is_allowed", "::test_a_parameter_that_comes_twice_is_an_error",
    ),
)  # fmt: skip
