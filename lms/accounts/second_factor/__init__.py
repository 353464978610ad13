"""The second factor: asked of those whose role opens other people’s data, offered to everybody else."""
