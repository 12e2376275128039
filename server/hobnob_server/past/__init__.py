"""What a hub's public channels have held, read for somebody who tries other rules upon it."""
