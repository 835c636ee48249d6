"""The campaign of faults: tries to break the program from outside, before a release."""
