"""What holds for all tests: settings of hypothesis, assertions in shared support, where MNIST is, and a built site."""

import fcntl
import os
import subprocess

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

pytest.register_assert_rewrite("tests.support")

# As hypothesis has it for continuous integration: the same examples in every run, and no test fails because the machine
# is slow. A test says only how many examples it wants. pytest --hypothesis-profile=exploring draws new ones each time.
settings.register_profile("mlpviz", settings.get_profile("ci"))
settings.register_profile("exploring", settings.get_profile("ci"), derandomize=False)
settings.load_profile("mlpviz")


def pytest_configure(config: pytest.Config) -> None:
    """Find the files before any test module asks whether it has to skip."""
    if config.getoption("--hypothesis-profile") is None:
        # else it also draws constants of all modules imported so far, and these differ with what ran before
        providers._get_local_constants = lambda: providers._local_constants
    from tests.support.mnist_files import use_files_beside_the_checkout

    use_files_beside_the_checkout()


@pytest.fixture(scope="session")
def distribution():
    """A folder with Pyodide's distribution."""
    from tests.support.pyodide_copy import pyodide_copy

    try:
        return pyodide_copy()
    except subprocess.CalledProcessError:
        if os.environ.get("CI"):
            pytest.fail("Pyodide's distribution could not be fetched: in CI the tests of the site must run")
        pytest.skip("Pyodide's distribution could not be fetched")


@pytest.fixture(scope="session")
def site(distribution, tmp_path_factory):
    """A folder with a site, as the command writes it: one for all workers, which nobody may change."""
    from mlpviz import cli

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    out = shared / "site" / "public"
    with (shared / "site.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            making = out.with_name("making")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("mlpviz.hosts.site.archives.LEVEL", 3)  # a tenth of the time
                assert cli.main(["site", str(making), "--pyodide", str(distribution)]) == 0
            making.rename(out)  # at once: nobody takes half a site for one
    return out
