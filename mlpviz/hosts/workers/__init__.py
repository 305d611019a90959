"""Several processes behind one address: the workers, and the proxy in front that keeps a visitor with one of them."""
