"""`python -m hobnob`: the same as the script `hobnob`."""

import sys

from hobnob.cli import main

if __name__ == "__main__":
    sys.exit(main())
