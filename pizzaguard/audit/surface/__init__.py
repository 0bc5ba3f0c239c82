"""The route surface: routers walked, dependencies resolved, guards read, routes assembled."""
