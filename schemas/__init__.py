"""What things are: the words every other floor speaks."""
