"""The day of the incident, played again on loopback with a clock that can be moved."""
