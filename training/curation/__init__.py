"""What of the data sets is trained on, chosen by, tested on, and left out."""
