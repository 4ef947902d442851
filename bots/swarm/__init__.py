"""Load for a server: many matches played at once by clients that cost little, and what it took to serve them.

link      one WebSocket, raw: frames in and out, and nothing else
script    matches chosen beforehand, so that choosing costs nothing while they are played
tally     what is counted while they are played, and when the next move is due
table     the players and spectators of one match after another
relay     the same load for a bare relay, which is the floor to measure a server against
worker    a process full of tables
run       the processes, wave after wave, and the clock of the server beside them
result    what came of it: one JSON object, a table, a picture
"""
