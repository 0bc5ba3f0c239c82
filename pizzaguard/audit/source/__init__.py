"""From a folder to its files, their blocks, and the facts of those blocks that someone asks for."""
