"""What programs that play do, alone and against a real server."""
