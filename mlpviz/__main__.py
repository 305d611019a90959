"""`python -m mlpviz`: the command line."""

import sys

from mlpviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
