"""The window."""

from cosdesk.ui.immortals import keep_constants_alive

keep_constants_alive()
