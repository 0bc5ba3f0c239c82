"""The routes that any build of the factory has."""
