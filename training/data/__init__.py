"""The data sets that networks learn from and are measured on."""
