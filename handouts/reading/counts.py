"""What the formulas are made of: sentences, words, syllables, letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handouts.reading.cutting import letters, words
from handouts.reading.syllables import syllables

_LONG = 6
"""A word of more letters than this is a long one, for LIX and the Vienna formulas."""
_MANY = 3
"""A word of this many syllables is a hard one, for the Vienna formulas."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of a text. `words` are characters where the script is measured in those.

    Syllables are 0 in a language for which nobody counts them here.
    """

    sentences: int
    words: int
    longest: int
    letters: int
    long_words: int
    syllables: int
    one_syllable: int
    many_syllables: int

    @property
    def per_sentence(self) -> float:
        """Mean length of a sentence."""
        return self.words / max(self.sentences, 1)

    @property
    def letters_per_word(self) -> float:
        """Mean length of a word."""
        return self.letters / max(self.words, 1)

    @property
    def per_word(self) -> float:
        """Mean number of a word's syllables."""
        return self.syllables / max(self.words, 1)

    def share(self, part: int) -> float:
        """Which share of the words these are."""
        return part / max(self.words, 1)


def counted(said: Iterable[str], language: str, script: str = "Latn") -> Counts:
    """Counts of sentences that are cut already.

    Args:
        said: sentences of one language.
        language: BCP 47 tag.
        script: ISO 15924 code of the language's script.
    """
    each = [words(sentence, language, script) for sentence in said]
    every = [word for sentence in each for word in sentence]
    spoken = [syllables(word, language) for word in every]
    sizes = [letters(word) for word in every]
    return Counts(
        sentences=len(each),
        words=len(every),
        longest=max(map(len, each), default=0),
        letters=sum(sizes),
        long_words=sum(size > _LONG for size in sizes),
        syllables=sum(spoken),
        one_syllable=spoken.count(1),
        many_syllables=sum(count >= _MANY for count in spoken),
    )
