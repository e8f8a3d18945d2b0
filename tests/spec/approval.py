"""From a client's request to a person's yes, and when nobody has to be asked again."""

from tests.spec.requirement import MCP, OIDC, POLIS, RFC, shown

DOOR = "domain/grants/test_front_door.py"
ASKING = "web/oauth/test_authorize.py"
PAGE = "web/oauth/test_consent.py"
KEPT = "domain/grants/test_consents.py"
HINTS = "web/oauth/test_hints.py"
WIRE = "web/oauth/test_anchors.py"

APPROVAL = (
    shown(
        "authorize-pkce", RFC.format("7636"),
        "S256 from everybody; plain and missing are refused at the front door.",
        f"{DOOR}::test_without_a_digest_as_challenge_nobody_is_asked",
        f"{WIRE}::test_s2_no_code_without_a_digest_as_challenge",
    ),
    shown(
        "authorize-resource", RFC.format("8707"),
        "resource is one of ours, compared without its slash and the host's case; else "
        "invalid_target; absent means both names.",
        f"{DOOR}::test_either_name_of_the_endpoint_may_be_asked_for",
        "::test_a_resource_that_is_not_ours_is_an_invalid_target",
        "web/product/test_app_tokens.py::test_a_token_is_good_only_at_the_name_it_was_asked_for",
    ),
    shown(
        "authorize-iss", RFC.format("9207"),
        "The issuer goes back with codes and errors.",
        f"{WIRE}::test_s8_the_issuer_is_the_metadatas_byte_for_byte",
        f"{ASKING}::test_approving_sends_a_code_with_state_and_issuer",
        "::test_denying_says_so_with_state_and_issuer",
    ),
    shown(
        "authorize-code-only", RFC.format("9700") + "#section-2.1.2",
        "response_type is code and nothing else.",
        f"{WIRE}::test_s10_only_a_code_comes_back_and_only_in_the_query",
    ),
    shown(
        "authorize-prompt", f"{OIDC}#AuthRequest",
        "prompt none, login and consent, and max_age, mean what they say.",
        f"{ASKING}::test_who_signed_in_long_ago_signs_in_again_and_only_once",
        "::test_without_a_page_a_stranger_is_login_required",
        "::test_nothing_is_approved_silently_the_first_time",
        "::test_a_sign_in_young_enough_is_enough",
        "::test_a_sign_in_too_old_is_login_required_without_a_page",
        "web/oauth/test_not_asked_again.py::test_prompt_consent_asks_again",
    ),
    shown(
        "authorize-hints", f"{OIDC}#AuthRequest",
        "login_hint fills the address in; id_token_hint asks somebody else to sign in.",
        f"{HINTS}::test_the_address_an_app_expects_is_filled_in",
        "::test_somebody_else_signs_in_first_and_goes_on_if_they_mean_it",
        "::test_the_person_a_client_expects_goes_on", "::test_a_hint_nobody_can_read_is_left_aside",
    ),
    shown(
        "authorize-nonce", f"{OIDC}#IDToken",
        "nonce comes back in the id_token, and only where it was sent.",
        "web/oauth/test_id_tokens.py::test_an_id_token_says_who_approved_to_whom_and_when",
        "::test_a_request_without_a_nonce_gets_none_back",
    ),
    shown(
        "authorize-state", RFC.format("6749") + "#section-4.1.2",
        "state comes back byte for byte, up to 2,000 characters; a repeated parameter is an error.",
        f"{DOOR}::test_state_is_kept_byte_for_byte",
        "::test_a_state_too_long_to_give_back_is_refused_without_it",
        "::test_a_parameter_said_twice_is_an_error",
        f"{ASKING}::test_state_comes_back_byte_for_byte",
    ),
    shown(
        "authorize-page", RFC.format("6749") + "#section-4.1.2.1",
        "A client or address that is not valid is a page that names the mismatch, never a redirect.",
        f"{ASKING}::test_a_redirect_mismatch_is_named_on_a_page_and_nobody_is_sent_there",
        "::test_a_client_nobody_knows_gets_a_page", "::test_an_ended_client_gets_a_page",
        "::test_what_a_stranger_wrote_is_shown_as_text",
    ),
    shown(
        "scopes", RFC.format("6749") + "#section-3.3",
        "Six scopes, mcp by default, an unknown one invalid_scope.",
        f"{DOOR}::test_scopes_default_to_the_tools_and_offline_access_comes_with_refreshing",
        "::test_an_unknown_scope_is_refused_by_name",
        "web/oauth/test_metadata_truth.py::test_s9_what_is_advertised_works",
    ),
    shown(
        "scopes-tools", RFC.format("6750") + "#section-3.1",
        "Without mcp or mcp:read the tools are 403 insufficient_scope.",
        "web/product/test_app_tokens.py::test_a_token_without_the_endpoints_scopes_is_shown_which_it_needs",
        "::test_a_reading_app_is_told_by_http_how_to_step_up",
    ),
    shown(
        "sub-type", POLIS,
        "An organization's tokens: chosen first among those one owns, then named; its id and name, "
        "no address.",
        f"{PAGE}::test_for_an_organizations_tokens_it_is_chosen_first_and_named_then",
        "::test_who_owns_no_organization_is_offered_to_make_one",
        f"{KEPT}::test_an_organizations_tokens_are_granted_by_its_owners",
        "web/oauth/test_id_tokens.py::test_an_organizations_token_tells_the_organization_and_no_address",
    ),
    shown(
        "consent-who-asks", MCP,
        "An unverified app is headed by the host its code goes to, with the warning; a verified "
        "one by its name; programs of this computer are warned about.",
        f"{PAGE}::test_an_unverified_app_is_headed_by_where_its_code_goes",
        "::test_a_verified_app_is_headed_by_its_name",
        "::test_programs_of_this_computer_are_warned_about",
    ),
    shown(
        "consent-says", POLIS,
        "The page names the app's links with their hosts, who is signed in, which organization, "
        "each scope, what it can and cannot, and the money.",
        f"{PAGE}::test_a_clients_own_pages_are_linked_with_their_hosts_in_sight",
        "::test_who_is_signed_in_stands_there_with_a_way_out",
        "::test_an_organization_is_chosen_among_those_one_belongs_to",
        "::test_scopes_are_said_in_plain_words", "::test_money_is_on_the_page",
    ),
    shown(
        "consent-limits", POLIS,
        "A limit and an end an app, 300 tokens and 90 days filled in for an unverified one.",
        f"{PAGE}::test_little_is_filled_in_for_an_unverified_app",
        "::test_an_approval_holds_the_terms_that_were_chosen",
        "web/product/test_app_tokens.py::test_an_app_spends_up_to_the_limit_its_person_gave",
        "::test_two_connections_of_one_app_spend_from_one_limit",
    ),
    shown(
        "consent-buttons", POLIS,
        "Approve and Deny are equal, and Deny is access_denied.",
        f"{PAGE}::test_approve_and_deny_are_the_same_button_twice",
        f"{ASKING}::test_denying_says_so_with_state_and_issuer",
    ),
    shown(
        "consent-verified-person", POLIS,
        "Only a person whose address is proved approves.",
        f"{ASKING}::test_only_a_proved_person_approves",
        "domain/grants/test_codes.py::test_nobody_approves_with_an_unproved_address_or_for_a_foreign_organization",
    ),
    shown(
        "consent-policy", "https://www.w3.org/TR/CSP3/#directive-form-action",
        "No script and no inline style; a policy whose form-action lists exactly that origin; "
        "never framed; 320 pixels suffice.",
        f"{PAGE}::test_the_policy_lets_the_form_end_at_that_origin_alone",
        "::test_it_needs_no_script_and_no_inline_style", "::test_a_name_is_shown_as_text",
        "browser/test_connecting.py::test_pages_of_a_connection_have_no_fault_at_any_width_in_any_light",
    ),
    shown(
        "consent-form", RFC.format("6749") + "#section-10.12",
        "The form is bound to browser and request, answered once, for ten minutes.",
        f"{PAGE}::test_s13_a_forged_answer_is_worth_nothing",
        "::test_a_page_is_worth_nothing_in_another_browser", "::test_a_page_is_good_for_ten_minutes",
        "domain/grants/test_forms.py::test_a_page_is_answered_once",
        "::test_of_many_who_answer_at_once_one_does",
    ),
    shown(
        "consent-twice", POLIS,
        "Approving twice ends on a friendly page.",
        f"{PAGE}::test_approving_twice_ends_on_a_friendly_page",
        "::test_after_denying_nothing_is_approved_any_more",
    ),
    shown(
        "remembered-where", POLIS,
        "Remembered only where nobody else can stand at the end; the others are asked every time.",
        f"{KEPT}::test_only_where_nobody_else_can_stand_at_the_end_is_an_approval_kept",
        "web/oauth/test_not_asked_again.py::test_a_remembered_approval_is_not_asked_about_again",
        "::test_an_app_that_registered_itself_is_asked_about_every_time",
    ),
    shown(
        "remembered-limits", POLIS,
        "It raises no limit, outlives no end, crosses no organization, and lapses with any change.",
        f"{KEPT}::test_an_approval_never_raises_a_limit_that_was_lowered_since",
        "::test_an_approval_does_not_outlive_its_end", "::test_an_approval_never_crosses_organizations",
        "::test_an_approval_lapses_with_whatever_it_was_given_for",
    ),
)  # fmt: skip
