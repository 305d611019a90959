"""The programs of the proxies, where they are installed."""

import os
import shutil

import pytest

from mlpviz.hosts.workers.proxies import PROXIES


def program(key: str) -> str:
    """The path of the program; skips the test where it is not installed, but in continuous integration."""
    found = shutil.which(PROXIES[key].program, path=os.environ["PATH"] + os.pathsep + "/usr/sbin")
    if not found and not os.environ.get("CI"):
        pytest.skip(f"{PROXIES[key].label} is not installed")
    assert found, f"{PROXIES[key].label} is needed here"
    return found
