"""Documents as a tree of blocks, and one renderer per file format."""
