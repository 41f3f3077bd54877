"""三定 and 批复 in Word: the text in clauses, and the numbers it proposes as facts."""

from bianzhi.files.word.clauses import Clause, clauses_of
from bianzhi.files.word.paper import Paper, Proposal, read_paper
from bianzhi.files.word.reading import Text, read_word

__all__ = ["Clause", "Paper", "Proposal", "Text", "clauses_of", "read_paper", "read_word"]
