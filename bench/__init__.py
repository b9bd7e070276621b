"""Measurements, each as ratios within one run."""
