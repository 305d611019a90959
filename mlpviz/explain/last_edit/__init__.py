"""What the last edit changed: the numbers, where a change ends, and what the gradient predicted."""
