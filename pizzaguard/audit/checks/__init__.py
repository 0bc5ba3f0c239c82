"""Checks, one module a rule: each reads the tree and yields findings, and knows no other check."""
