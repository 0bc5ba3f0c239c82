"""The routes that any build of the service has."""
