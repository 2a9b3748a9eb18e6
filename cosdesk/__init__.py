"""cosdesk: the desk program of a rural district's education coordinator."""

__version__ = "0.1.0"
