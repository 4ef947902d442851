"""The games of OpenSpiel as games of ours: its rules in C++, our dice, records and views.

`state.py` is the one place that imports pyspiel. A game with a board of its own stands on it, as the
adapter for all the others does.
"""
