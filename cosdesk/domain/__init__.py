"""The subject itself in plain Python: no Qt, no SQL, no files."""
