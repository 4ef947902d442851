"""The server's edge, against a real server on loopback: real sockets, real HTTP, real restarts."""
