"""What all tests share."""

from hypothesis import settings

from tests.server import server, start_server

__all__ = ["server", "start_server"]

# A busy machine is no counterexample; one that is found can be run again from what is printed.
settings.register_profile("parlour", deadline=None, print_blob=True)
settings.load_profile("parlour")
