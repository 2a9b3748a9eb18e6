"""The program without a window: what the commands do, and how it is printed."""
