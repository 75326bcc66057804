"""What ``make bench`` measures: one module a topic, found by the runner by itself."""
