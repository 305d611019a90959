"""Where pages are shown: a host calls a visitor with messages, sends the answers back, and mounts a root element."""
