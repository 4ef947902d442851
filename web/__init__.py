"""The server at the network: HTTP and WebSocket."""
