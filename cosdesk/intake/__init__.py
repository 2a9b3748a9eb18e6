"""Everything that comes in from outside: Word, Excel, text."""
