"""What holds for all tests: the settings of hypothesis, readable assertions in shared support, and where MNIST is."""

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.support")

# As hypothesis has it for continuous integration: the same examples in every run, and no test fails because the machine
# is slow. A test says only how many examples it wants. pytest --hypothesis-profile=exploring draws new ones each time.
settings.register_profile("mlpviz", settings.get_profile("ci"))
settings.register_profile("exploring", settings.get_profile("ci"), derandomize=False)
settings.load_profile("mlpviz")


def pytest_configure() -> None:
    """Find the files before any test module asks whether it has to skip."""
    from tests.support.mnist_files import use_files_beside_the_checkout

    use_files_beside_the_checkout()
