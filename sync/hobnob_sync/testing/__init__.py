"""What ships for testing: stores in memory and the contract every store must keep."""
