"""What all tests share."""

import signal

from hypothesis import settings

from tests.server import server, start_server

__all__ = ["server", "start_server"]

# A busy machine is no counterexample; one that is found can be run again from what is printed.
settings.register_profile("parlour", deadline=None, print_blob=True)
settings.load_profile("parlour")

# A shell has those ignore Ctrl-C whom it starts in the background, and their children, which some tests stop in this way.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
