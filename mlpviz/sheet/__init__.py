"""What the score sheet consists of: quantities, blocks, their numbers, rules and steps."""
