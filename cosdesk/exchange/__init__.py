"""What leaves the program for other programs and people: calendars, workbooks, mail."""
