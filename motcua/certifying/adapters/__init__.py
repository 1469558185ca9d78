"""What stands behind the ports of certifying."""
