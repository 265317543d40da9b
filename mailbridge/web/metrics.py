"""Renders what was counted for Prometheus: every event, its histograms, the gauges of the store, the process.

Counts nothing itself: `events` does. What each family means stands in its help text.
"""

from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from mailbridge.events import BUCKETS_MS, Event, Tally

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

#: by kind: how many reviews wait for a person, and how many seconds the oldest of them does
Reviews = Mapping[str, tuple[int, int]]

#: what the store's gauges mean
GAUGES: dict[str, str] = {
    "held": "Messages that wait for a person",
    "screening": "Messages that wait for their files to be looked into, for their authors to stop them, or behind such",
    "queued": "Deliveries that are not done",
    "oldest_due_s": "Seconds since the oldest due delivery fell due",
    "intents_due": "Planned work that fell due and is not done",
}


class _Counted(Collector):
    """One family per event, and the gauges."""

    def __init__(
        self, tally: Callable[[], Tally], gauges: Callable[[], Mapping[str, int]], reviews: Callable[[], Reviews]
    ) -> None:
        self._tally = tally
        self._gauges = gauges
        self._reviews = reviews

    @override
    def collect(self) -> Iterable[Metric]:
        tally = self._tally()
        yield from (_counter(event, tally) for event in Event)
        yield from (_histogram(event, tally) for event in Event if event.value.measures)
        lost = CounterMetricFamily("mailbridge_log_lines_lost", "Log lines that could not be written")
        lost.add_metric((), tally.lost_lines)
        yield lost
        for name, value in self._gauges().items():
            yield GaugeMetricFamily(f"mailbridge_{name}", GAUGES.get(name, name), value=value)
        yield from _of_reviews(self._reviews())


def _of_reviews(reviews: Reviews) -> Iterable[Metric]:
    many = GaugeMetricFamily("mailbridge_reviews", "Reviews that wait for a person: `review list`", labels=("kind",))
    oldest = GaugeMetricFamily("mailbridge_oldest_review_s", "Seconds that the oldest of them waits", labels=("kind",))
    for kind, (count, age_s) in reviews.items():
        many.add_metric((kind,), count)
        oldest.add_metric((kind,), age_s)
    return (many, oldest)


def _counter(event: Event, tally: Tally) -> CounterMetricFamily:
    kind = event.value
    family = CounterMetricFamily(f"mailbridge_{event.label}", kind.meaning, labels=kind.counted_by)
    for (counted, labels), count in tally.counts.items():
        if counted is event:
            family.add_metric(labels, count)
    if not kind.counted_by and (event, ()) not in tally.counts:
        family.add_metric((), 0)  # an alert on the rate needs the zero
    return family


def _histogram(event: Event, tally: Tally) -> HistogramMetricFamily:
    name = f"mailbridge_{event.label}_seconds"
    counts, sum_ms = tally.histograms.get(event, ((0,) * (len(BUCKETS_MS) + 1), 0.0))
    bounds = [*(str(bound / 1000) for bound in BUCKETS_MS), "+Inf"]
    running = 0
    buckets: list[tuple[str, float]] = []
    for bound, count in zip(bounds, counts, strict=True):
        running += count
        buckets.append((bound, float(running)))
    family = HistogramMetricFamily(name, f"How long: {event.value.meaning}")
    family.add_metric((), buckets, sum_value=sum_ms / 1000)
    return family


class Metrics:
    """What `/metrics` answers."""

    def __init__(
        self, tally: Callable[[], Tally], gauges: Callable[[], Mapping[str, int]], reviews: Callable[[], Reviews] = dict
    ) -> None:
        """All are asked at every scrape; an exception of them is the caller's."""
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(_Counted(tally, gauges, reviews))
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)

    def render(self) -> bytes:
        """The page, in the text format of Prometheus."""
        return generate_latest(self._registry)
