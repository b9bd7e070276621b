"""The ways people reach the house; none of them knows another."""
