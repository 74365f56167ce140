"""Makes handouts: ``python generate.py build``. All of it is in ``handouts.cli``."""

import sys

from handouts.cli import command

if __name__ == "__main__":
    sys.exit(command())
