"""Conversations on a device: opened, sealed, kept (`hobnob_client.sealing`)."""
