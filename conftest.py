"""Make nbval compare pictures and output metadata too, which it passes over by itself, and refuse skips where asked."""

import os

import pytest

PASSED_OVER = ("image/png", "image/jpeg", "metadata")


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):
        collector.skip_compare = tuple(key for key in collector.skip_compare if key not in PASSED_OVER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With REFUSE_SKIPS set, a test that was skipped has failed: a known failure (xfail) has not."""
    report = yield
    if os.environ.get("REFUSE_SKIPS") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped where REFUSE_SKIPS is set: {report.longrepr[2]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """The same for a whole file that skips itself."""
    report = yield
    if os.environ.get("REFUSE_SKIPS") and report.skipped:
        report.outcome, report.longrepr = "failed", f"skipped where REFUSE_SKIPS is set: {report.longrepr[2]}"
    return report
