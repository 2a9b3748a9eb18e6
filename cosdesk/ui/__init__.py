"""The window."""

from cosdesk.ui.immortals import keep_alive

keep_alive()
