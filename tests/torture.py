"""The long forms of the tests: what `make torture` alone has the time for."""

import os

IS_TORTURE = os.environ.get("TCNS_TORTURE") == "1"
