"""Each alert wakes somebody when it should and lets them sleep when not: Prometheus' own evaluation."""

import subprocess

import pytest
import yaml

from tests.deploy.test_board import ALERTS_FILE, RULES
from tests.needed import needed

HTTP = "polis_http_request_seconds"
# By alert: figures that are worth waking for with the minutes they last, and such as are not.
# Values are written as promtool reads them: first, step and how often, a minute apart.
CASES = {
    "PolisDoesNotAnswer": (
        [({'up{job="polis"}': "1x5 0x5"}, 9)],
        [({'up{job="polis"}': "1x5 0 1x5"}, 8), ({'up{job="other"}': "0x20"}, 20)],
    ),
    "PolisDatabaseAway": (
        [
            ({"polis_database_up": "1x5 0x5"}, 8),
            ({"polis_database_up": "1x9", "polis_database_away_total": "0+9x9"}, 8),
        ],
        [({"polis_database_up": "1x20", "polis_database_away_total": "0x5 3x15"}, 20)],
    ),
    "PolisNoWorker": (
        [
            ({"polis_workers": "2x3 0x9"}, 9),
            ({"polis_workers": "1x12", "polis_worker_heard_seconds": "5x3 95+60x9"}, 9),
        ],
        [({"polis_workers": "2x20", "polis_worker_heard_seconds": "45x20"}, 20)],
    ),
    "PolisWorkWaits": (
        [({'polis_work_oldest_due_seconds{kind="react_batch"}': "0x3 301+60x9"}, 12)],
        [({'polis_work_oldest_due_seconds{kind="react_batch"}': "0x3 400x3 0x9"}, 12)],
    ),
    "PolisAnswersFail": (
        [({f'{HTTP}_count{{status="5xx",route="/app/"}}': "0+5x20",
           f'{HTTP}_count{{status="2xx",route="/app/"}}': "0+95x20"}, 15)],
        [
            ({f'{HTTP}_count{{status="5xx",route="/app/"}}': "0+5x20",
              f'{HTTP}_count{{status="2xx",route="/app/"}}': "0+995x20"}, 15),
            ({f'{HTTP}_count{{status="5xx",route="/readyz"}}': "0+60x20",
              f'{HTTP}_count{{status="2xx",route="/app/"}}': "0+60x20"}, 15),
            ({f'{HTTP}_count{{status="5xx",route="/app/"}}': "0+1x20",
              f'{HTTP}_count{{status="2xx",route="/app/"}}': "0+9x20"}, 15),
        ],
    ),
    "PolisRunsFail": (
        [({'polis_runs_ended_total{status="failed",book="live"}': "0+1x30",
           'polis_runs_ended_total{status="complete",book="live"}': "0+2x30"}, 20)],
        [
            ({'polis_runs_ended_total{status="failed",book="live"}': "0+1x30",
              'polis_runs_ended_total{status="complete",book="live"}': "0+9x30"}, 20),
            ({'polis_runs_ended_total{status="failed",book="test"}': "0+9x30"}, 20),
        ],
    ),
    "PolisModelAway": (
        [({"polis_model_away_total": "0+1x30"}, 25)],
        [({"polis_model_away_total": "0x5 1x25"}, minute) for minute in (8, 15, 17, 25)],
    ),
    "PolisModelMoneyNearlySpent": (
        [({"polis_model_spent_today_micros": "91x9", "polis_model_budget_micros": "100x9"}, 5)],
        [
            ({"polis_model_spent_today_micros": "89x9", "polis_model_budget_micros": "100x9"}, 5),
            ({"polis_model_spent_today_micros": "0x9", "polis_model_budget_micros": "0x9"}, 5),
        ],
    ),
    "PolisDiskNearlyFull": (
        [({"polis_disk_free_bytes": "9e8x9"}, 8)],
        [({"polis_disk_free_bytes": "11e8x9"}, 8)],
    ),
    "PolisNoBackup": (
        [({"polis_backup_made_timestamp_seconds": "0x2000"}, 27 * 60)],
        [({"polis_backup_made_timestamp_seconds": "0x2000"}, 25 * 60)],
    ),
    "PolisMailsFail": (
        [({'polis_mails_total{outcome="failed"}': "0+1x30",
           'polis_mails_total{outcome="sent"}': "40x30"}, 20)],
        [
            ({'polis_mails_total{outcome="failed"}': "0+1x30",
              'polis_mails_total{outcome="sent"}': "0+1x30"}, 20),
            ({'polis_mails_total{outcome="failed"}': "0x9 2x20",
              'polis_mails_total{outcome="sent"}': "40x30"}, 20),
        ],
    ),
    "PolisPaymentNoticesRefused": (
        [({'polis_payment_notices_total{outcome="refused"}': "0+1x30"}, 20)],
        [
            ({'polis_payment_notices_total{outcome="refused"}': "0x9 2x20"}, 20),
            ({'polis_payment_notices_total{outcome="kept"}': "0+9x30"}, 20),
        ],
    ),
    "PolisWorkGivenUp": (
        [({'polis_work_given_up_total{kind="report_usage"}': "0x5 1x25"}, 10)],
        [({'polis_work_given_up_total{kind="report_usage"}': "7x99"}, 99)],
    ),
    "PolisSlow": (
        [({f'{HTTP}_bucket{{route="/app/",le="1"}}': "0+8x30",
           f'{HTTP}_bucket{{route="/app/",le="2.5"}}': "0+10x30",
           f'{HTTP}_bucket{{route="/app/",le="+Inf"}}': "0+10x30"}, 25)],
        [({f'{HTTP}_bucket{{route="/app/",le="1"}}': "0+99x30",
           f'{HTTP}_bucket{{route="/app/",le="2.5"}}': "0+100x30",
           f'{HTTP}_bucket{{route="/app/",le="+Inf"}}': "0+100x30"}, 25)],
    ),
}  # fmt: skip


def judged(folder, cases, *, fires):
    """What Prometheus says where each case is expected to fire, or not to; empty where it does."""
    tests = [
        {
            "interval": "1m",
            "input_series": [{"series": name, "values": told} for name, told in series.items()],
            "promql_expr_test": [
                {
                    "expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}})',
                    "eval_time": f"{minute}m",
                    "exp_samples": [{"labels": "{}", "value": 1}] if fires else [],
                }
            ],
        }
        for alert, series, minute in cases
    ]
    file = folder / "cases.yml"
    file.write_text(
        yaml.safe_dump(
            {"rule_files": [str(ALERTS_FILE)], "evaluation_interval": "1m", "tests": tests}
        )
    )
    promtool = needed("promtool", "apt-get install --no-install-recommends prometheus")
    done = subprocess.run(
        [promtool, "test", "rules", file], capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("alert", CASES)
def test_an_alert_fires_when_it_should(alert, tmp_path):
    cases = [(alert, series, minute) for series, minute in CASES[alert][0]]
    assert judged(tmp_path, cases, fires=True) == ""


@pytest.mark.parametrize("alert", CASES)
def test_an_alert_stays_quiet_when_it_should(alert, tmp_path):
    cases = [(alert, series, minute) for series, minute in CASES[alert][1]]
    assert judged(tmp_path, cases, fires=False) == ""


def test_every_alert_has_a_case_of_both_kinds():
    assert list(CASES) == [rule["alert"] for rule in RULES]
    assert all(worrying and harmless for worrying, harmless in CASES.values())


def test_a_case_that_is_expected_wrongly_is_told(tmp_path):
    [(series, minute)] = CASES["PolisDiskNearlyFull"][0]
    assert "got" in judged(tmp_path, [("PolisDiskNearlyFull", series, minute)], fires=False)
