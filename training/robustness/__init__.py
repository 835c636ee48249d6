"""What people do to digits, done to those of writers never seen; measured, never learnt from."""
