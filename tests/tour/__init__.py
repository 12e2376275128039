"""Pictures of the screen: drawn from what a terminal shows while keys are pressed."""
