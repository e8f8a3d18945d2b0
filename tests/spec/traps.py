"""Traps of taking payments through Stripe, each with the tests that show we do not fall into it."""

from tests.spec.requirement import shown

EVENTS = "https://docs.stripe.com/webhooks"
FULFILL = "https://docs.stripe.com/checkout/fulfillment"
SUBSCRIPTIONS = "https://docs.stripe.com/billing/subscriptions/overview"
METERS = "https://docs.stripe.com/billing/subscriptions/usage-based/recording-usage-api"
MONEY = "https://docs.stripe.com/currencies"
TRAP = "billing/test_traps.py"
NOTICES = "adapters/stripe/test_notices.py"

TRAPS = (
    shown(
        "trap-duplicates",
        EVENTS,
        "A notice that comes again is answered well and changes nothing.",
        f"{TRAP}::test_duplicates_change_nothing",
        "billing/test_chaos.py::test_r6_a_bad_day_of_the_network_ends_as_a_good_one",
    ),
    shown(
        "trap-two-events",
        FULFILL,
        "Two events that tell of one payment bring its tokens once.",
        f"{TRAP}::test_two_events_for_one_fact_pay_once",
        "::test_a_slow_payment_brings_its_tokens_when_it_arrives",
        "::test_a_slow_payment_that_fails_brings_nothing",
    ),
    shown(
        "trap-order",
        EVENTS,
        "No order is relied on: what a notice is about is read again, and an older read gives way.",
        "billing/test_money_back.py::test_a_refund_heard_of_before_its_payment_is_not_lost",
        f"{TRAP}::test_a_page_nobody_told_of_is_found",
        "::test_a_renewal_is_found_without_any_notice",
        "domain/billing/test_till.py::test_what_was_read_before_another_wrote_is_read_again",
        "billing/test_chaos.py::test_r6_a_bad_day_of_the_network_ends_as_a_good_one",
    ),
    shown(
        "trap-success-page",
        FULFILL,
        "Whoever is back before the notice is told to wait; the page grants nothing by itself.",
        f"{TRAP}::test_whoever_is_back_before_the_notice_is_told_to_wait_and_gets_nothing_by_it",
        "::test_whoever_is_back_while_a_bank_transfer_is_on_its_way_is_told_so",
        "web/billing/test_buying.py::test_the_page_grants_nothing_itself_and_asks_again_until_it_is_there",
    ),
    shown(
        "trap-signature",
        EVENTS,
        "Raw bytes are verified with every secret of a roll, 300 s both ways, at most 256 kB.",
        f"{NOTICES}::test_what_is_not_signed_by_stripe_is_refused_without_a_trace",
        "::test_a_notice_is_refused_when_it_is_older_or_from_the_future",
        "::test_during_a_roll_either_secret_signs",
        f"{TRAP}::test_a_body_longer_than_any_notice_is_refused",
        "::test_while_a_secret_is_rolled_both_are_good",
    ),
    shown(
        "trap-mode",
        EVENTS,
        "Secret, event and what is read again are of one payment mode, or it is refused and kept.",
        f"{NOTICES}::test_a_notice_of_another_mode_is_refused_and_named",
        "::test_a_secret_of_the_other_mode_signs_nothing_of_ours",
        f"{TRAP}::test_a_notice_that_is_not_ours_to_believe_is_refused",
        "::test_what_turns_out_to_be_of_another_mode_is_refused_and_may_come_again",
    ),
    shown(
        "trap-slow-handler",
        EVENTS,
        "A notice is kept and answered without asking Stripe anything; a worker applies it.",
        f"{TRAP}::test_a_notice_is_answered_without_asking_stripe_anything",
        "::test_stripe_away_for_an_hour_loses_nothing",
    ),
    shown(
        "trap-status",
        SUBSCRIPTIONS,
        "Each status of a subscription has its meaning here; seven days of grace, then packs alone.",
        "domain/billing/test_standing.py::test_a_status_means",
        f"{TRAP}::test_a_failed_payment_stops_overage_and_leaves_what_was_there_for_seven_days",
        "::test_a_payment_that_comes_in_after_all_brings_the_plan_back",
        "::test_a_plan_that_is_given_up_by_stripe_goes_and_leaves_packs",
    ),
    shown(
        "trap-shapes",
        SUBSCRIPTIONS,
        "Periods are read from the item and subscriptions from an invoice's parent, as they stand now.",
        "adapters/stripe/test_reading.py::test_the_version_we_read_is_the_one_the_sdk_pins",
        "::test_a_plan_is_what_is_paid_ahead_wherever_it_stands",
        "::test_a_line_without_a_price_or_a_parent_is_read_as_it_is",
    ),
    shown(
        "trap-proration",
        SUBSCRIPTIONS,
        "A change is previewed; dearer counts at once with tokens as money, cheaper from the next period.",
        f"{TRAP}::test_an_upgrade_is_paid_at_once_and_brings_tokens_as_money",
        "::test_a_declined_upgrade_leaves_the_plan_and_the_tokens",
        "::test_a_downgrade_comes_with_the_next_period",
    ),
    shown(
        "trap-meter",
        METERS,
        "Usage is told once by its entry, in the period that bills it and for what it was held for.",
        f"{TRAP}::test_a_renewal_begins_a_period_and_the_overage_of_the_last_is_on_its_invoice",
        "billing/test_overage.py::test_overage_told_after_its_period_was_invoiced_is_billed_with_the_next",
        "::test_overage_is_told_before_its_price_changes",
        "::test_overage_costs_what_it_was_held_for_whatever_plan_bills_it",
        "::test_the_cap_is_ours_however_late_the_meter_counts",
    ),
    shown(
        "trap-refund",
        "https://docs.stripe.com/refunds",
        "A refund takes its share down to nothing; what was spent of it is a debt that blocks.",
        "billing/test_money_back.py::test_a_refund_in_parts_takes_its_parts",
        "::test_what_was_spent_of_a_refund_is_owed",
        "::test_a_refund_and_a_lost_dispute_take_what_was_paid_for_and_no_more",
    ),
    shown(
        "trap-dispute",
        "https://docs.stripe.com/disputes",
        "A dispute freezes its tokens, gives them back when won and takes them when lost.",
        "billing/test_money_back.py::test_a_dispute_freezes_and_then_gives_back_or_takes",
        "::test_a_dispute_over_a_part_takes_that_part",
    ),
    shown(
        "trap-customer",
        "https://docs.stripe.com/api/idempotent_requests",
        "An organization is one customer, whoever asks first.",
        f"{TRAP}::test_an_organization_is_one_customer_whoever_asks_first",
    ),
    shown(
        "trap-money",
        MONEY,
        "Money is integers: no float stands in billing, and dollars alone are taken.",
        "house/test_no_floats.py::test_no_float_touches_money",
        "adapters/stripe/test_money.py::test_money_of_another_currency_is_none_of_ours",
    ),
    shown(
        "trap-sdk",
        "https://docs.stripe.com/sdks/versioning",
        "An event of another version is taken for its ids and logged; its subject is read in ours.",
        f"{NOTICES}::test_a_notice_in_another_version_is_taken_for_its_ids_and_logged",
    ),
    shown(
        "trap-return",
        FULFILL,
        "Where a payer comes back to is ours to say, never a parameter's.",
        "web/pages/test_pay.py::test_where_a_payer_comes_back_to_is_never_the_askers_to_say",
        "web/billing/test_invoices.py::test_payment_details_lead_to_the_providers_portal",
    ),
    shown(
        "trap-archived",
        "https://docs.stripe.com/products-prices/manage-prices",
        "A price that was replaced is still known for whoever subscribed at it.",
        "adapters/stripe/test_setup_command.py::test_what_is_sold_is_kept_in_the_catalog",
        "domain/billing/test_catalog.py::test_what_was_bought_at_an_old_price_keeps_its_terms",
    ),
    shown(
        "trap-second-plan",
        SUBSCRIPTIONS,
        "A second subscription that completes anyway ends at once and is paid back.",
        f"{TRAP}::test_a_second_subscription_ends_at_once_and_is_paid_back",
    ),
)
