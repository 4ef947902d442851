"""The server, which waits a minute after each peer that it sends away."""

import web.__main__ as server

server.LEAVE_SECONDS = 60.0 * server.LEAVE_BATCHES

if __name__ == "__main__":
    server.main()
