"""Failures that connectors were seen to have with other servers; each is met here."""

from tests.spec.requirement import CIMD, MCP, RFC, shown

AI = "https://github.com/anthropics/claude-ai-mcp/issues/{}"
CODE = "https://github.com/anthropics/claude-code/issues/{}"
WIRE = "web/oauth/test_connectors.py"

CONNECTORS = (
    shown(
        "connector-1", AI.format(878),
        "A token was issued and no call followed: each name of the endpoint has its own document, "
        "and takes the token that was asked for by it.",
        f"{WIRE}::test_connector_1_a_token_is_followed_by_calls_at_either_name",
        "web/oauth/test_metadata.py::test_the_resource_is_described_wherever_clients_look",
    ),
    shown(
        "connector-2", AI.format(299),
        "A token just issued was refused: the resource a document names is the one that is taken, "
        "with a slash behind it and without.",
        f"{WIRE}::test_connector_2_a_fresh_token_is_good_at_the_address_it_was_asked_for",
    ),
    shown(
        "connector-3", AI.format(335),
        "The platform's first call was turned away for where it came from: its network and its "
        "programs' names close no door.",
        f"{WIRE}::test_connector_3_the_network_and_names_of_a_platforms_servers_close_no_door",
    ),
    shown(
        "connector-4", AI.format(716),
        "Clients that find no document guess /authorize, /token and /register at the root.",
        f"{WIRE}::test_connector_4_a_client_that_finds_no_document_is_served_where_it_guesses",
        "web/oauth/test_aliases.py::test_a_client_that_guesses_gets_from_registration_to_tokens",
        "::test_registration_is_the_same_at_both_addresses", "::test_only_posting_is_meant_there",
    ),
    shown(
        "connector-5", AI.format(1043),
        "A registration that asks for client_secret_post is answered with it, as with every method.",
        f"{WIRE}::test_connector_5_the_method_a_client_asks_for_is_the_one_it_gets",
        "web/oauth/test_register.py::test_a_confidential_client_gets_a_secret_and_its_own_method_back",
    ),
    shown(
        "connector-6", CODE.format(52565),
        "Fields that are null break clients: what is empty is left out of the answer.",
        f"{WIRE}::test_connector_6_no_field_of_a_registration_is_null_or_empty",
        "web/oauth/test_register.py::test_no_field_is_null_or_empty",
    ),
    shown(
        "connector-7", AI.format(650),
        "A vendor's document that a bot wall keeps from us is known by its shipped copy, and a "
        "stranger's is not.",
        f"{WIRE}::test_connector_7_a_vendors_document_behind_a_wall_is_known_all_the_same",
        "domain/clients/test_documents.py::test_a_shipped_copy_stands_in_where_no_fetch_ever_succeeded",
        "::test_an_outage_is_outlived_for_seven_days_and_no_longer",
    ),
    shown(
        "connector-8", AI.format(562),
        "Approving twice makes one connection and ends on a friendly page.",
        f"{WIRE}::test_connector_8_a_second_click_ends_on_a_friendly_page",
        "browser/test_connecting.py::test_going_back_and_approving_again_ends_on_a_friendly_page",
    ),
    shown(
        "connector-9", AI.format(228),
        "Nobody signs in again every hour or day: access lives 30 days, offline_access is "
        "advertised, a refresh token comes with every code.",
        f"{WIRE}::test_connector_9_nobody_signs_in_again_tomorrow",
        "web/product/test_app_tokens.py::test_a_token_lives_thirty_days",
    ),
    shown(
        "connector-10", CODE.format(85236),
        "Refreshes at the same instant leave the connection alive.",
        f"{WIRE}::test_connector_10_refreshes_at_once_leave_the_connection_alive",
        "flows/test_tokens_served.py::test_sixteen_refreshes_over_processes_answer_the_same",
    ),
    shown(
        "connector-11", CODE.format(84614),
        "A registration in use is never swept; one that is gone is told so by 401 invalid_client.",
        f"{WIRE}::test_connector_11_a_client_in_use_is_kept_and_a_gone_one_told_to_register_again",
        "domain/clients/test_sweep.py::test_a_used_registration_stays_for_good",
        "web/oauth/test_token.py::test_a_client_that_is_gone_is_told_to_register_again",
    ),
    shown(
        "connector-12", AI.format(500),
        "A client registered without a scope may ask for all of them, openid among them.",
        f"{WIRE}::test_connector_12_a_client_registered_without_a_scope_may_ask_for_openid",
        "web/oauth/test_register.py::test_what_is_absent_means_a_public_client_with_every_scope",
    ),
    shown(
        "connector-13", CODE.format(89862),
        "A refresh that names no scope keeps the scope there was.",
        f"{WIRE}::test_connector_13_a_refresh_that_names_no_scope_keeps_the_first",
        "web/oauth/test_token.py::test_a_refresh_without_a_scope_keeps_it_and_a_wider_one_is_refused",
    ),
    shown(
        "connector-forms", RFC.format("6749") + "#section-3.2",
        "Registration takes JSON and the token endpoint a form, and neither takes the other's.",
        f"{WIRE}::test_a_registration_is_json_and_a_token_request_a_form",
        "web/oauth/test_token.py::test_json_is_not_a_form",
    ),
    shown(
        "connector-choice", CIMD,
        "A client takes the way without registration only where the flag and `none` both stand.",
        "web/oauth/test_metadata.py::test_the_server_tells_what_claude_and_chatgpt_choose_by",
    ),
    shown(
        "connector-challenge", MCP,
        "Every unauthenticated call is a 401 with an absolute address of metadata and a scope.",
        "web/product/test_challenges.py::test_every_message_without_a_credential_is_shown_the_way",
        "::test_every_verb_without_a_credential_is_shown_the_way",
    ),
)  # fmt: skip
