"""What goes on inside the network: for one drawing, without a window and without TensorFlow."""
