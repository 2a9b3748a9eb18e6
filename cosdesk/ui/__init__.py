"""The window."""

from cosdesk.ui.binding import keep_alive, leave_sources_unread

leave_sources_unread()
keep_alive()
