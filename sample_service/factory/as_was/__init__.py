"""The factory's rooms as they were on the day of the incident; nothing here is an example to follow."""
