"""What has to hold when something breaks (R7-R17), each row with the drill that shows it."""

from tests.spec.requirement import POLIS, shown

CLOCKS = "domain/test_clocks.py"
STOPPING = "prove/test_stopping_machines.py"
TRUTH = "prove/test_truth.py"

DRILLS = (
    shown(
        "R7", POLIS,
        "A stop at 50 requests a second fails no request in flight and loses no run.",
        f"{STOPPING}::test_r7_a_web_stopped_at_50_requests_a_second_fails_none_of_them",
        "::test_r7_a_worker_stopped_in_the_middle_gives_its_run_back",
        "flows/test_stopping.py::test_r7_a_stop_under_load_drops_no_request_and_no_run",
    ),
    shown(
        "R11", POLIS,
        "After many requests files and threads are as many as after few; bench/soak.py looks at memory "
        "and log for half an hour.",
        "prove/test_flat.py::test_r11_files_and_threads_are_as_many_after_many_requests_as_after_few",
    ),
    shown(
        "R12", POLIS,
        "A backup taken while everybody writes restores with every balance the sum of its entries.",
        "prove/test_r12_backup.py::test_r12_a_backup_under_write_load_restores_with_every_balance_the_sum_of_its_entries",
    ),
    shown(
        "R14", POLIS,
        "A full disk, a database that only reads or is gone for ten seconds, models, mail and Redis "
        "away: clean answers or work that waits, no wrong charge, and no restart.",
        "prove/test_broken_disk.py::test_r14_a_full_disk_answers_503_and_recovers_without_a_restart",
        "::test_r14_a_database_that_cannot_be_written_answers_503_and_recovers_without_a_restart",
        "prove/test_database_gone.py::test_r14_a_postgresql_gone_for_ten_seconds_is_503_and_loses_nothing",
        "prove/test_others_gone.py::test_r14_a_provider_of_models_in_trouble_costs_nobody_anything",
        "::test_r14_a_letter_waits_for_its_mail_server_and_is_sent_once",
        "::test_r14_runs_wait_for_redis_and_are_done_when_it_is_back",
    ),
    shown(
        "R15", POLIS,
        "/readyz says which part fails when it fails, and is well again when the part is.",
        f"{TRUTH}::test_r15_a_schema_that_is_behind_is_told_until_it_is_migrated",
        "::test_r15_a_worker_that_stopped_is_told_at_once",
        "::test_r15_a_worker_that_died_is_told_after_its_minute_of_silence",
        "::test_r15_a_database_that_is_gone_is_told_as_away",
    ),
    shown(
        "R16", POLIS,
        "Over month ends, leap days and clock changes, and on machines five minutes apart, what is "
        "granted by the period is granted once; a running machine's clock put right by an hour stops no run.",
        f"{CLOCKS}::test_r16_periods_follow_each_other_on_the_day_the_first_began_or_the_months_last",
        "::test_r16_a_month_and_a_day_are_the_same_wherever_it_is_asked",
        "::test_r16_a_month_is_billed_once_by_machines_whose_clocks_differ",
        "::test_r16_a_day_of_the_test_book_is_given_once_by_machines_whose_clocks_differ",
        "::test_r16_machines_whose_clocks_differ_let_nobody_do_more_than_a_limit",
        "::test_r16_work_is_taken_at_once_by_a_worker_whose_clock_differs",
        "prove/test_clock_jumps.py::test_r16_runs_go_on_while_the_clock_jumps_there_and_back",
        "::test_r16_what_a_worker_held_when_it_died_by_a_clock_ahead_is_taken_up_in_time",
    ),
    shown(
        "R17", POLIS,
        "Once installed, a server starts, answers and plays a run without any network; bench/start.py "
        "says how fast it starts.",
        "prove/test_no_network.py::test_r17_a_server_without_a_network_answers_its_first_page_and_plays_a_run",
    ),
)  # fmt: skip
