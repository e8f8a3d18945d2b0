"""Independent clients of every line start a test at Polis and read its report."""

from dataclasses import replace

import pytest

from tests.clients.drive import CLIENTS, drive, said

DRAFT = {"content_type": "tweet", "content": "We cut our build to 4 minutes.", "persona_count": 10}


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_client_takes_a_test_from_its_start_to_its_report(client, served, product_server, tmp_path):
    starting = replace(product_server, tool="polis_test", arguments=DRAFT)
    begun = said(drive(client, starting, tmp_path))["structured"]
    done = False
    while not done:
        done = served.call("polis_status", {"run_id": begun["run_id"], "wait_s": 25})["done"]
    reading = replace(product_server, tool="polis_report", arguments={"run_id": begun["run_id"]})
    line = said(drive(client, reading, tmp_path))
    assert (line["era"], line["is_error"], line["structured"]["ready"]) == (client.era, False, True)
    assert len(line["structured"]["report"]["topFriction"]) == 3
