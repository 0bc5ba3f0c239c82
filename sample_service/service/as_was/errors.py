"""Errors, as the service told them on the day of the incident."""

import traceback

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException


async def tell_error(_request: Request, error: Exception) -> JSONResponse:
    """Answer a request that ended in an error."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    message = error.detail if isinstance(error, HTTPException) else str(error)
    stack = "".join(traceback.format_exception(error))
    return JSONResponse({"message": message, "stack": stack}, status_code=status)
