"""Where pages are shown: a host brings a visitor's messages, carries the answers back, and mounts a root element."""
