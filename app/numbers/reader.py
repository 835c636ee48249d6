"""Reads a number: cuts wide segments, searches the segmentation lattice, weighs its best paths."""

import math
from collections import OrderedDict
from collections.abc import Hashable, Sequence

from app.ink.rasterize import Raster, line_segments_of_each, rasterize_many
from app.numbers.best_path import log_sum_exp
from app.numbers.features import Hypothesis
from app.numbers.number import MAX_READINGS, Number, NumberCharacter, reading_probabilities
from app.numbers.number_ink import NumberInk
from app.numbers.segmentation import SegmentationLattice
from app.numbers.segments import (
    MAX_SEGMENTS,
    InkParts,
    Segment,
    bounding_box,
    digit_height,
    left_to_right,
)
from app.recognition.model_card import ModelCard
from app.recognition.personal_recogniser import PersonalRecogniser
from app.recognition.prediction import Outputs, Prediction

_CERTAIN = 0.9
"""A wide segment that is a digit with this probability is not cut."""
_MIN_CUT_HEIGHT = 0.5
"""A segment lower than this many heights of a usual digit is not cut."""
_PATHS = 6
"""The number of paths that readings are made of."""
_MAX_RECOGNITIONS = 160
"""For one number: bounds the time for ink that is none."""
_CACHE_SIZE = 600


class NumberReader:
    """Reads numbers and caches the network's outputs: another stroke costs only what it changes.

    Not for two threads at once.
    """

    def __init__(self, personal: PersonalRecogniser) -> None:
        self._personal = personal
        self._cached_model = personal.recogniser
        self._cache: OrderedDict[Hashable, tuple[Raster, Outputs]] = OrderedDict()

    @property
    def card(self) -> ModelCard:
        """The card of the model that recognises the digits."""
        return self._personal.recogniser.card

    def read(self, ink: NumberInk) -> Number:
        """Return the number that ink is read as."""
        if self._personal.recogniser is not self._cached_model:
            self._cache.clear()
            self._cached_model = self._personal.recogniser
        if not ink.has_strokes:
            self._cache.clear()  # another picture's labels are other ink
        return NumberReading(ink, self).number()

    def predict(self, ink: NumberInk, parts: InkParts) -> Prediction:
        """Return the prediction for some of the ink, from the cache if it is there."""
        cached = self._cache.get(parts)
        if cached is None:
            raster = ink.rasterize(parts)
            cached = raster, self._personal.recogniser.calibrated_outputs(raster)
            self._cache[parts] = cached
            if len(self._cache) > _CACHE_SIZE:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(parts)
        return self._personal.prediction(cached[1], cached[0])

    def prepare(self, ink: NumberInk, several: Sequence[InkParts]) -> None:
        """Put the outputs for several parts of the ink into the cache, all made at once.

        It takes less time than one by one. A picture's are left to `predict`.
        """
        missing = [parts for parts in dict.fromkeys(several) if parts not in self._cache]
        if len(missing) < 2 or not ink.has_strokes:
            return
        rasters = rasterize_many(line_segments_of_each(missing))
        found = self._personal.recogniser.calibrated_many(rasters)
        for parts, raster, outputs in zip(missing, rasters, found, strict=True):
            if isinstance(outputs, Outputs):  # `predict` raises the error
                self._cache[parts] = raster, outputs


class NumberReading:
    """Reads one number's ink once: its lattice and its best paths."""

    def __init__(self, ink: NumberInk, reader: NumberReader) -> None:
        self._ink = ink
        self._reader = reader
        self._height = digit_height(ink.segments)
        self.lattice = SegmentationLattice(
            ink,
            reader.predict,
            self._cut_segments(),
            self._height,
            _MAX_RECOGNITIONS,
            prepare=reader.prepare,
        )

    def number(self) -> Number:
        """Return the number that the best paths through the lattice make."""
        paths = self.lattice.likely_paths(_PATHS)
        segmentations = [self.lattice.characters(path) for path in paths]
        total = log_sum_exp([path.score for path in paths])
        weights = [math.exp(path.score - total) for path in paths]
        readings = reading_probabilities(
            [
                (weight, [one.prediction or one.punctuation for one in segmentation])
                for weight, segmentation in zip(weights, segmentations, strict=True)
            ]
        )
        texts = ["".join(one.text for one in segmentation) for segmentation in segmentations]
        best = texts.index(readings[0][0]) if readings[0][0] in texts else 0
        chosen, characters = segmentations[best], []
        for hypothesis, is_known in zip(chosen, self._accepted(chosen), strict=True):
            probability = sum(
                weight
                for weight, segmentation in zip(weights, segmentations, strict=True)
                if hypothesis in segmentation
            )
            characters.append(self._character(hypothesis, probability, is_known))
        doubt = math.prod(one.confidence for one in characters if _is_taught(one))
        least = self._reader.card.sure_threshold * doubt
        is_sure = dict(readings).get(texts[best], 0.0) >= least
        return Number(tuple(characters), tuple(readings[:MAX_READINGS]), is_sure)

    def _cut_segments(self) -> list[Segment]:
        """Return the segments from left to right, those cut that may be several digits."""
        segments: list[Segment] = []
        wide = [segment.parts for segment in self._ink.segments if self._is_wide(segment)]
        self._reader.prepare(self._ink, wide[:MAX_SEGMENTS])
        for segment in self._ink.segments:
            if len(segments) < MAX_SEGMENTS and self._may_be_several_digits(segment):
                segments += self._ink.cut(segment, self._height)
            else:
                segments.append(segment)
        return left_to_right(segments)

    def _may_be_several_digits(self, segment: Segment) -> bool:
        """Return whether a segment is wide, high enough, and not certainly one digit."""
        if not self._is_wide(segment):
            return False
        whole = self._reader.predict(self._ink, segment.parts)
        return whole.known_score < _CERTAIN or whole.confidence < _CERTAIN

    def _is_wide(self, segment: Segment) -> bool:
        """Return whether a segment is as wide and as high as several digits are."""
        is_high = segment.box.height >= _MIN_CUT_HEIGHT * self._height
        return is_high and segment.box.width > self._ink.min_cut_width * self._height

    def _accepted(self, hypotheses: Sequence[Hypothesis]) -> list[bool]:
        """Return for each character of a number whether it is accepted; punctuation always is.

        Ink among digits is more probably a digit than ink alone: where at least half of two or
        more reach the digit threshold, the card's lower thresholds hold for the others.
        """
        card = self._reader.card
        found = [one.prediction for one in hypotheses if one.prediction is not None]
        sure = sum(prediction.is_known for prediction in found)
        are_digits = 2 * sure >= len(found) >= 2
        accepted = []
        for one in hypotheses:
            threshold = card.number_cut_threshold if one.is_cut else card.number_digit_threshold
            accepted.append(
                one.prediction is None
                or one.prediction.is_known
                or (are_digits and one.prediction.known_score >= threshold)
            )
        return accepted

    def _character(
        self, hypothesis: Hypothesis, probability: float, is_known: bool
    ) -> NumberCharacter:
        """Return a character; `probability` is that of the segmentations that it is part of."""
        segments = [self.lattice.segments[index] for index in hypothesis.segments]
        strokes = {source for segment in segments for source in segment.sources}
        prediction = hypothesis.prediction
        return NumberCharacter(
            text=hypothesis.text,
            box=self._ink.to_drawing(bounding_box(segments)),
            confidence=prediction.confidence if prediction else min(probability, 1),
            strokes=tuple(sorted(strokes)) if self._ink.has_strokes else (),
            content=self._ink.content(self.lattice.parts(hypothesis)),
            is_known=is_known,
            prediction=prediction,
        )


def _is_taught(character: NumberCharacter) -> bool:
    """Return whether the user's samples make a digit sure: then its probability is no doubt."""
    prediction = character.prediction
    return prediction is not None and prediction.matches_samples and prediction.is_sure
