"""JWT Pizza: a shop (`service`) and the factory that bakes for it (`factory`), as they were on the day of the incident.

What is wrong with them is kept on purpose, in rooms of its own: the packages `as_was` of the two apps. `incident` plays
the day again. Never put any of it on a network that others can reach.
"""
