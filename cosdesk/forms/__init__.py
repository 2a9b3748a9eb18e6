"""Official forms: TOML files read into typed, checked dataclasses."""
