"""A plain chart as SVG text: lines, an area, bars, two axes, a legend. One decimal, no chance."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from bianzhi.files.drawing.words import wide, word

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 56, 620, 34, 312


@dataclass
class Chart:
    """A chart.

    Attributes: titles of the axes, their (low, high), steps of their ticks; ``listed``: the names
    of the lines stand as a list in the upper left corner, each with a piece of its line.
    """

    y_title: str
    x_title: str
    x: tuple[float, float]
    y: tuple[float, float]
    step: tuple[float, float]
    x_ticks: bool = True
    listed: bool = False
    shapes: list[str] = field(default_factory=list)
    names: list[tuple[str, str, str]] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point, pixels."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return LEFT + across * (RIGHT - LEFT), BOTTOM - up * (BOTTOM - TOP)

    def path(self, x: ArrayLike, y: ArrayLike) -> str:
        """Points as SVG wants them."""
        points = zip(np.asarray(x, float).tolist(), np.asarray(y, float).tolist(), strict=True)
        return " ".join(f"{a:.1f},{b:.1f}" for a, b in (self.at(*point) for point in points))

    def line(self, x: ArrayLike, y: ArrayLike, colour: str, name: str, dashes: str = "") -> None:
        """A line with its name in the legend; ``dashes`` tell it apart where there is no colour."""
        broken = f' stroke-dasharray="{dashes}"' if dashes else ""
        look = f'fill="none" stroke="{colour}" stroke-width="2"{broken}'
        self.shapes.append(f'<polyline points="{self.path(x, y)}" {look}/>')
        self.names.append((colour, name, dashes))

    def area(self, x: ArrayLike, low: ArrayLike, high: ArrayLike, colour: str) -> None:
        """The area between two lines."""
        there, back = np.asarray(x, float), np.asarray(x, float)[::-1]
        points = f"{self.path(there, high)} {self.path(back, np.asarray(low, float)[::-1])}"
        self.shapes.append(f'<polygon points="{points}" fill="{colour}"/>')

    def bar(self, left: float, right: float, height: float, colour: str, name: str) -> None:
        """A bar from the axis."""
        (a, top), (b, bottom) = self.at(left, height), self.at(right, self.y[0])
        size = f'width="{b - a:.1f}" height="{bottom - top:.1f}"'
        self.shapes.append(f'<rect x="{a:.1f}" y="{top:.1f}" {size} fill="{colour}"/>')
        self.names.append((colour, name, ""))

    def text(self) -> str:
        """The whole picture."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="12">'
        )
        back = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        named = self._list() if self.listed else self._legend()
        parts = [head, back, *self._axes(), *self.shapes, *named, "</svg>", ""]
        return "\n".join(parts)

    def _axes(self) -> list[str]:
        found = [word(LEFT, TOP - 14, self.y_title, "start"),
                 word(RIGHT, BOTTOM + 40, self.x_title, "end")]  # fmt: skip
        for value in _ticks(self.y, self.step[1]):
            _, up = self.at(self.x[0], value)
            found.append(f'<path d="M{LEFT} {up:.1f}H{RIGHT}" stroke="#e2e2e2"/>')
            found.append(word(LEFT - 6, up + 4, f"{value:g}", "end"))
        for value in _ticks(self.x, self.step[0]) if self.x_ticks else []:
            across, _ = self.at(value, self.y[0])
            found.append(word(across, BOTTOM + 18, f"{value:g}", "middle"))
        return [*found, f'<path d="M{LEFT} {BOTTOM}H{RIGHT}" stroke="#333333"/>']

    def _list(self) -> list[str]:
        found = []
        for place, (colour, name, dashes) in enumerate(self.names):
            down = TOP + 22 + 22 * place
            broken = f' stroke-dasharray="{dashes}"' if dashes else ""
            look = f'stroke="{colour}" stroke-width="2"{broken}'
            found.append(f'<path d="M{LEFT + 16} {down - 4}h44" {look}/>')
            found.append(word(LEFT + 68, down, name))
        return found

    def _legend(self) -> list[str]:
        found, across = [], LEFT + 24.0 + wide(self.y_title)
        for colour, name, _ in self.names:
            found.append(
                f'<rect x="{across:.1f}" y="{TOP - 24}" width="12" height="12" fill="{colour}"/>'
            )
            found.append(word(across + 16, TOP - 14, name, "start"))
            across += 30 + wide(name)
        return found


def _ticks(span: tuple[float, float], step: float) -> list[float]:
    count = int((span[1] - span[0]) / step + 1e-9)
    return [round(span[0] + k * step, 9) for k in range(count + 1)]
