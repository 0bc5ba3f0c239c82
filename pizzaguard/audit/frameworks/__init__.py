"""What FastAPI's and Starlette's own classes and methods do to a route table."""
