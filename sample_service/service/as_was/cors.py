"""Which web pages could use the service on the day of the incident."""

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware


def allow_pages(app: FastAPI) -> None:
    """Let web pages use the service."""
    app.add_middleware(
        CORSMiddleware,
        allow_origin_regex=".*",
        allow_credentials=True,
        allow_methods=["*"],
        allow_headers=["*"],
    )
