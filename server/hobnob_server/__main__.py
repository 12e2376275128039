"""`python -m hobnob_server`: the same as `hobnob hub`."""

import sys

from hobnob_server.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
