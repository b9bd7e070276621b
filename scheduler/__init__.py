"""What we do because time has passed."""
