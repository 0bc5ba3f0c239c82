"""The JWT Pizza factory: makes a pizza by signing a JWT, for vendors with an API key."""
