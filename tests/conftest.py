"""What holds for all tests."""

from tests.mnist_files import use_files_beside_the_checkout

# before any test module asks whether it has to skip
use_files_beside_the_checkout()
