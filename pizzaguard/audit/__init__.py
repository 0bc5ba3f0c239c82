"""The audit wing: reads source, runs none of it, and says who may reach every route."""
