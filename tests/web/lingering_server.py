"""The server, which takes a minute to send its peers away one after the other."""

import web.__main__ as server

server.LEAVE_SECONDS = 60.0

if __name__ == "__main__":
    server.main()
