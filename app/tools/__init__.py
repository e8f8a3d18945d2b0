"""Every tool, in the order clients show them. One file a tool, named as it is called."""

from typing import Any

from app.tools import (
    account,
    ask,
    cancel,
    compare,
    estimate,
    report,
    runs,
    status,
    test,
    thread,
    topup,
)
from app.tools.base import Tool

TOOLS: dict[str, Tool[Any, Any]] = {
    tool.name: tool
    for tool in (
        account.TOOL,
        estimate.TOOL,
        test.TOOL,
        status.TOOL,
        report.TOOL,
        ask.TOOL,
        thread.TOOL,
        compare.TOOL,
        runs.TOOL,
        cancel.TOOL,
        topup.TOOL,
    )
}
