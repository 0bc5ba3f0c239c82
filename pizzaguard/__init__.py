"""pizzaguard proves who may reach every route of a Python web back end."""

__version__ = "0.1.0.dev0"

__all__ = ["__version__"]
