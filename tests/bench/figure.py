"""Draws a curve of times over sizes as SVG, both axes logarithmic."""

import html
import math
import typing

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 400, 70, 20, 40, 50


def powers(least: float, most: float) -> typing.List[int]:
    """The exponents of ten from the one below to the one above."""
    return list(range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1))


def label(exponent: int, unit: str) -> str:
    """10 to that power, written out."""
    text = f'{10 ** exponent:,}' if exponent >= 0 else f'{10.0 ** exponent:g}'
    return text + unit


def draw(title: str, sizes: typing.Sequence[int], times: typing.Sequence[float]) -> str:
    """The figure; a dashed line grows as the input does, through the last point."""
    times = [max(time, 1e-3) for time in times]
    across, upward = powers(min(sizes), max(sizes)), powers(min(times), max(times))

    def x_of(size: float) -> float:
        share = (math.log10(size) - across[0]) / max(1, across[-1] - across[0])
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y_of(time: float) -> float:
        share = (math.log10(time) - upward[0]) / max(1, upward[-1] - upward[0])
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
             f'<text x="{WIDTH / 2}" y="22" text-anchor="middle" font-size="15">{html.escape(title)}: seconds of one core</text>']
    for exponent in across:
        x = x_of(10.0 ** exponent)
        parts += [f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>',
                  f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{label(exponent, "")}</text>']
    for exponent in upward:
        y = y_of(10.0 ** exponent)
        parts += [f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>',
                  f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label(exponent, " s")}</text>']
    start = max(10.0 ** upward[0], times[-1] * min(sizes) / max(sizes))
    first = max(sizes) * start / times[-1]
    parts.append(f'<line x1="{x_of(first):.1f}" y1="{y_of(start):.1f}" x2="{x_of(max(sizes)):.1f}" y2="{y_of(times[-1]):.1f}" '
                 'stroke="#999" stroke-dasharray="4 4"/>')
    points = ' '.join(f'{x_of(size):.1f},{y_of(time):.1f}' for size, time in zip(sizes, times))
    parts.append(f'<polyline points="{points}" fill="none" stroke="#06c" stroke-width="2"/>')
    parts += [f'<circle cx="{x_of(size):.1f}" cy="{y_of(time):.1f}" r="3" fill="#06c"/>' for size, time in zip(sizes, times)]
    return '\n'.join([*parts, '</svg>']) + '\n'
