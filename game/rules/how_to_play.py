"""How a game is played, in a few plain words for players who do not know it yet.

A game may have `how_to_play`, a text: paragraphs with an empty line between them. Those of our own games stand here,
so that a game's file has its rules once, as code.
"""

import re
from collections.abc import Sequence
from typing import Final

from game.rules.game import Game

HOW_TO_PLAY_CHARS_MAX: Final = 4_000
"""As much as somebody reads who wants to begin."""


def how_to_play(game: Game) -> Sequence[str]:
    """The paragraphs of the game's text, each one line; none where it has no text."""
    text: str = getattr(game, "how_to_play", OWN.get(game.key, ""))
    return [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


OWN: Final = {
    "tic_tac_toe": """
        The board has nine squares. X begins; then both put their mark on a free square in turn.

        Whoever first has three marks in a line wins: across, down or from corner to corner. When all squares
        are full and nobody has, it is a draw.

        The centre lies on four lines, a corner on three, an edge on two. Look first whether you can win at
        once, then whether the other could: with two of your own lines open at the same time nobody can stop
        you.
        """,
    "connect_four": """
        Drop a disc into one of the columns: it falls to the lowest place that is free. The two sides take
        turns.

        Whoever first has four discs in an unbroken line wins: across, up or diagonally. When the board is full
        without one, it is a draw. The host may have chosen another board, or another number in a row.

        Discs in the middle lie on most lines. Watch what you make possible: a disc that you drop is also the
        floor for the next one, which is your opponent's.
        """,
    "chess": """
        Move one of your men in turn, onto a free square or one where an enemy stands, which is taken. The rook
        goes straight, the bishop diagonally, the queen both ways, as far as the way is free. The king goes one
        square anywhere. The knight jumps two squares straight and one aside. A pawn goes one square ahead, from
        its first square also two, and takes diagonally ahead; on the last rank it is promoted.

        A king that is attacked is in check and must be saved at once; if that is impossible it is checkmate,
        and lost. Who is not in check and has no move is stalemated: a draw. So are a position that comes for
        the third time, fifty moves of each side without a pawn's move or a capture, and men with whom nobody
        can mate.

        Castling: if king and rook have not moved and nothing stands between, the king goes two squares towards
        the rook and the rook jumps over it; not out of check, nor through or into it. En passant: a pawn that
        has just gone two squares past an enemy pawn can be taken as if it had gone one.
        """,
    "go": """
        Black begins. In turn, put a stone of yours on a crossing of the lines, or pass. Stones do not move.

        Stones of one colour that are joined by lines are a group. The free crossings next to it are its
        liberties; when the last one is filled by the other side, the whole group is taken off the board. You
        may not put a stone where it would have no liberty, unless it takes something, and you may not bring
        back any position of the whole board that has been there before.

        After two passes in a row it is over. You have a point for each of your stones on the board and for each
        empty crossing that only your stones surround; White gets the komi besides, for having come second. More
        points win.

        Every stone that is left counts as alive: take off dead ones, by playing on, before you pass.
        """,
    "reversi": """
        The black side begins. Put a disc on a free square so that, in at least one straight or diagonal line,
        one or more of the other's discs lie between the new one and another of yours with no gap. All that you
        close in so, in every direction, turn over and are yours.

        A move that turns nothing over is not allowed. Who has none must pass; when neither side has one, it is
        over, and the side that shows more discs wins.

        Many discs early are worth little, for they turn over again. A disc in a corner never does: try to get
        corners, and be careful with the squares beside them.
        """,
    "checkers": """
        All is played on the dark squares. A man moves one square diagonally forward. If an enemy is there and
        the square behind is free, he jumps over it, and what is jumped over is taken.

        Who can take must; who can choose between jumps takes whichever they like. If the piece that has jumped
        can jump again, it must go on, all in the same move.

        A man who reaches the last rank becomes a king, and his move ends there. Kings move and jump one square
        forward or backward.

        Whoever cannot move, because nothing is left or all is blocked, loses. A position that comes for the
        third time is a draw, and so are forty moves of each side in which no man was moved and nothing taken.
        """,
    "hex": """
        Two opposite sides of the board are Black's, the other two White's. In turn, put a stone on any free
        place; stones never move and are never taken.

        Whoever first joins their two sides by an unbroken chain of stones wins. There is no draw: one chain can
        only be stopped by another that runs across it.

        To begin is a great advantage. So, where this was agreed, White may answer the first stone by taking it
        over: swap, and it becomes White's, mirrored onto White's direction. Therefore begin with a stone that
        is not too good.

        Two of your stones with two free places between them that touch both are as good as joined: if one is
        taken from you, play the other.
        """,
    "nine_mens_morris": """
        First, both put their nine men on free points in turn. Then, in turn, move a man along a line to the
        next point, if it is free.

        Three of your men beside each other on one line are a mill. Each time that you close one, take one of
        the other's men off the board; one that stands in a mill only if all of theirs do. A mill may be opened
        and closed again.

        Who has only three men left may fly: move to any free point, unless the host has ruled that out.

        Whoever has two men left, or cannot move, loses. A position that comes for the third time is a draw, and
        so are fifty moves of each side without a man taken.
        """,
    "rock_paper_scissors": """
        Both choose at the same time, unseen: rock, paper or scissors. When both have chosen, the hands are
        shown.

        Rock blunts scissors, scissors cut paper, paper wraps rock: the stronger one wins the throw. Two alike
        are a tie, which counts for nobody, and you throw again.

        The host says how many throws it goes over, for example best of three. Whoever has won more than half of
        them wins the match. Ten ties in a row end it in a draw.
        """,
    "liars_dice": """
        Everybody throws their dice under a cup and sees only their own. In turn, bid on all dice under all cups
        together: three fives says that at least three of them show a five.

        The next player bids higher, which is more dice of any face, or as many of a higher face; or calls the
        last bid a lie. Then all cups are lifted. If there are as many as were bid, or more, whoever called
        loses a die; if there are fewer, whoever bid does. All throw again, and the loser begins, or the next
        who still has dice.

        Where ones are wild, a one counts as whatever face was bid, and nobody bids on ones.

        Who has no die left is out. The last one with dice wins.
        """,
    "backgammon": """
        White's checkers go down from point 24 to point 1, Black's up from 1 to 24, each towards the home of six
        points at the end of its way. For the first turn each throws one die, and the higher one plays both.
        From then on throw two dice and move one checker by each; a double is moved four times. You may go to
        any point where fewer than two enemies stand.

        A single enemy whom you meet is hit and put on the bar. Who has a checker there must bring it back in,
        on the point of the other's home that a die names, before moving anything else.

        Use as many dice as you can; if either can be used but not both, the larger one.

        Once all your fifteen checkers are home you bear them off, by a die that names their point, or from the
        farthest point by a die that is larger. Whoever is first to bear off all wins one point; two if the
        other has borne off none, and three if besides one of theirs is still on the bar or in the winner's
        home. The host says how many points are played for.
        """,
    "battleship": """
        Each has a sea of ten by ten squares and five ships, of five, four, three, three and two squares. Hide
        them, across or down, without overlapping; both do so at the same time. Those that you do not want to
        place yourself can be placed at random.

        Then, in turn, shoot at a square of the other sea. You are told whether it was a hit or a miss, and when
        all squares of a ship are hit, which one has sunk.

        Whoever first sinks all five wins. The host may have agreed that ships must not touch, and that a hit
        gives another shot.

        The shortest ship has two squares: to search, every second square is enough.
        """,
    "yacht": """
        In your turn throw five dice. Keep the ones you like and throw the others again, up to twice. Then
        choose a category of your sheet that is still free and score there, even if it is nothing.

        Ones to sixes score the dice of that face. Four of a kind scores those four dice. A full house, which is
        three of one face and two of another, and choice, which is anything, score all five dice. The little
        straight, 1 to 5, and the big straight, 2 to 6, score 30. A yacht, five alike, scores 50. Dice that do
        not fit their category score nothing.

        After twelve turns each, all sheets are full, and the most points win. The lowest categories are good
        places for a bad throw.
        """,
    "hearts": """
        You want few points: each heart that you take counts one, the queen of spades thirteen.

        Everybody has thirteen cards. First pass three of them on, all at once: to the left, in the next hand to
        the right, then across, and in each fourth hand none. The two of clubs leads the first trick.

        Follow the suit that was led if you can; otherwise play what you like. The highest card of that suit
        takes the trick, and whoever took it leads the next one. There are no trumps.

        In the first trick no card that counts may be played, and hearts may not be led before one has been
        played; unless you have nothing else.

        If you take all 26 points of a hand, you get none and each of the others gets 26. The match ends with
        the hand in which somebody reaches the agreed points; then the fewest win.
        """,
    "texas_holdem": """
        Everybody gets two cards of their own. Five more are laid open for all: three, then one, then one. The
        best five of your seven make your hand.

        Before the first open cards and after each of the three times, chips are bet. Two players pay small sums
        unseen, the blinds, which double after every ten hands. In turn, fold and be out of the hand, call what
        the highest has put in, check if there is nothing to call, or raise, by at least as much as the raise
        before. Without limit: you may put in all you have. Who cannot call in full stays in for the part that
        their chips cover.

        If all but one fold, that one gets the pot. Otherwise hands are compared, the highest first: straight
        flush, four of a kind, full house, flush, straight, three of a kind, two pairs, a pair, the highest
        card.

        The match ends when one has all chips, or after the agreed number of hands; then the most chips win.
        """,
}
