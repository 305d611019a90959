"""What every page and every host has in common: the protocol, a visitor's sessions, file transfers, the address."""
