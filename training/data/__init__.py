"""The data sets that networks are trained and measured on."""
