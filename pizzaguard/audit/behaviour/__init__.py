"""Reading code behind routes: what a function's statements are, and what they reach."""
