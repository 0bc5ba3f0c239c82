"""What every test may ask for, and what happens when the machine does not have it.

A program or vector that is missing skips the test on a developer's machine and says so; with CI=true it fails it, so
that a green run means that nothing was left out.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

pytest_plugins = ["pytester"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("service"):
        if not mark.args:
            pytest.fail("the mark 'service' names the programs that it needs: service('redis-server')")
        for program in mark.args:
            if shutil.which(program) is None:
                _without(f"the program '{program}' is not installed")
    if item.get_closest_marker("browser") and not any(shutil.which(browser) for browser in BROWSERS):
        _without("no Chromium is installed")


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of outside test vectors, named by PIZZAGUARD_VECTORS."""
    named = os.environ.get("PIZZAGUARD_VECTORS")
    if not named:
        _without("PIZZAGUARD_VECTORS does not name the folder of outside test vectors")
    folder = Path(named)
    if not folder.is_dir():
        _without(f"PIZZAGUARD_VECTORS names '{folder}', which is no folder")
    return folder


def _without(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI skips nothing")
    pytest.skip(what)
