"""What a report says to a reader, worked out from what a run stored; nothing here asks anybody."""
