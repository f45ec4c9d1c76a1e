"""Programs that write parts of the repository from the code."""
