"""Many inputs: read in groups, answered by several processes, written in order."""
