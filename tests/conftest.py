"""What every test may use; under CI=true a skipped test is a failed one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tawatur.node import Node

SHARED = "TAWATUR_EVAL_DATA"

EXCUSED = (
    SHARED,  # the documents and gold are never part of the project; a checkout alone has none
    "its way of printing is not tested here",  # a third office program, of half a gigabyte
    "no pictures can be read here",  # Tesseract, which script/test installs where it may
    "names no source of medallion",  # whose packages leave its tests out
)
"""What a machine may lack even where everything else must run."""

# Time is measured by the tests that are about time; elsewhere the machine may be busy.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Turn a skip into a failure where everything must run."""
    report: pytest.TestReport = yield  # type: ignore[assignment]  # pluggy sends the result
    excused = hasattr(report, "wasxfail") or any(why in str(report.longrepr) for why in EXCUSED)
    if report.skipped and os.environ.get("CI") == "true" and not excused:
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report  # type: ignore[return-value]  # likewise


@pytest.fixture
def eval_data() -> Path:
    """The folder of documents, gold and public sets, which the project never contains."""
    folder = os.environ.get(SHARED)
    if not folder:
        pytest.skip(f"{SHARED} is not set: no documents and gold to measure on")
    return Path(folder)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """A fresh node of an organisation called Observatory."""
    with Node.init(tmp_path / "node", name="Observatory") as made:
        yield made
