"""Prometheus metrics: a text file for the node exporter, or an endpoint."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    generate_latest,
    start_http_server,
    write_to_textfile,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from schemas.errors import WarehouseError
from warehouse.engine import Warehouse
from warehouse.gauges import Gauge, gauges


class _Collector(Collector):
    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse

    def collect(self) -> Iterable[Metric]:
        up = GaugeMetricFamily("tonghop_database_up", "Whether the database answers")
        found: list[Gauge] = []
        try:
            with self._warehouse.read() as connection:
                found = gauges(connection)
            up.add_metric([], 1)
        except WarehouseError:
            up.add_metric([], 0)
        yield up
        families: dict[str, GaugeMetricFamily] = {}
        for one in found:
            family = families.setdefault(
                one.name,
                GaugeMetricFamily(f"tonghop_{one.name}", one.help, labels=list(one.labels)),
            )
            family.add_metric(list(one.labels.values()), one.value)
        yield from families.values()


def _registry(warehouse: Warehouse) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Collector(warehouse))
    return registry


def write(warehouse: Warehouse, path: Path) -> None:
    """Writes all metrics to ``path``, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(path), _registry(warehouse))


def text(warehouse: Warehouse) -> str:
    """All metrics as Prometheus reads them."""
    return generate_latest(_registry(warehouse)).decode()


def serve(warehouse: Warehouse, port: int, address: str = "127.0.0.1") -> None:
    """Answers on ``/metrics`` in a thread of its own."""
    start_http_server(port, addr=address, registry=_registry(warehouse))
