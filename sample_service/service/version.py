"""The version of the service."""

VERSION = "20251126.1"
