"""What all tests share."""

from hypothesis import settings

# A busy machine is no counterexample; one that is found can be run again from what is printed.
settings.register_profile("parlour", deadline=None, print_blob=True)
settings.load_profile("parlour")
