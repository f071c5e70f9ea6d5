"""How do costs grow? A plot of them, in a few lines of SVG."""

from collections.abc import Mapping, Sequence
from math import ceil, log10

Costs = Sequence[tuple[int, float]]
"""How many there are, and the milliseconds that each of the last ones took."""


def plotted(lines: Mapping[str, Costs], sizes: str) -> str:
    """Return an SVG of costs by size, both axes logarithmic.

    Args:
        lines: By name; one without a point is left out.
        sizes: What the sizes count.
    """
    points = [point for costs in lines.values() for point in costs]
    low, high = min(log10(ms) for _, ms in points), max(log10(ms) for _, ms in points)
    floor, ceiling = int(low // 1), int(high // 1) + 1
    left, right, top, bottom = 70, 620, 20, 300
    first = int(log10(min(size for costs in lines.values() for size, _ in costs)))
    last = ceil(log10(max(size for costs in lines.values() for size, _ in costs)))

    def x(size: float) -> float:
        return left + (right - left) * (log10(size) - first) / (last - first)

    def y(ms: float) -> float:
        return bottom - (bottom - top) * (log10(ms) - floor) / (ceiling - floor)

    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 350" font-size="13">']
    for power in range(first, last + 1):
        at = x(10**power)
        out.append(f'<path d="M{at:.0f} {top}V{bottom}" stroke="#ddd"/>')
        out.append(f'<text x="{at:.0f}" y="320" text-anchor="middle">{10**power:,}</text>')
    for power in range(floor, ceiling + 1):
        at = y(10**power)
        out.append(f'<path d="M{left} {at:.0f}H{right}" stroke="#ddd"/>')
        out.append(f'<text x="60" y="{at + 4:.0f}" text-anchor="end">{10**power:g} ms</text>')
    for (name, costs), colour in zip(lines.items(), ("#1b6ca8", "#b4472e"), strict=False):
        if not costs:
            continue
        path = " ".join(f"{x(size):.1f},{y(ms):.1f}" for size, ms in costs)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        size, ms = costs[-1]
        out.append(f'<text x="{x(size) + 8:.0f}" y="{y(ms) + 4:.0f}" fill="{colour}">{name}</text>')
    out.append(f'<text x="345" y="342" text-anchor="middle">{sizes}</text></svg>')
    return "\n".join(out) + "\n"
