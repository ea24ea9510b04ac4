"""Plots of the Analytics tab: rows of numbers → plotly figures with named axes, readable in light and dark.

Colours of text and grid come from the page's style sheet (moderation.css), so that one figure suits both themes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Plot:
    """How one subject is drawn."""

    about: str  # of data.analytics.numbers
    kind: str  # "stack" of bars, "groups" of bars, "lying" groups for long names, or "line"
    across: str  # column of the x axis
    columns: tuple[str, ...]  # of the y axis; with `split`, the first one
    unit: str = "count"
    split: str | None = None  # column whose values are the series
    reach: tuple[str, ...] = ()  # columns up to which a thin line is drawn above each of `columns`


PLOTS_OF: dict[str, Plot] = {
    "generations": Plot("generations", "stack", "day", ("done", "failed", "refused", "cancelled")),
    "engines": Plot(
        "engines", "groups", "engine", ("wait_median", "run_median"), "seconds", reach=("wait_p95", "run_p95")
    ),
    "posts": Plot("posts", "line", "day", ("posted", "removed", "held")),
    "creation": Plot("creation", "line", "day", ("active", "makers"), "people"),
    "creation_rate": Plot("creation", "line", "day", ("rate",), "share"),
    "diversity": Plot("diversity", "line", "day", ("top_share", "gini"), "share"),
    "remixes": Plot("remixes", "groups", "depth", ("clips",), "clips"),
    "refusals": Plot("refusals", "stack", "week", ("count",), split="rule"),
    "holds": Plot("holds", "groups", "outcome", ("count",), "cases"),
    "reports": Plot("reports", "stack", "week", ("count",), split="reason"),
    "decision_times": Plot(
        "decision_times", "groups", "week", ("hours_median",), "hours", split="target_kind", reach=("hours_p90",)
    ),
    "appeals": Plot("appeals", "stack", "week", ("upheld", "overturned"), "appeals"),
    "false_refusals": Plot("false_refusals", "lying", "rule", ("refused", "appealed", "overturned")),
    "strikes": Plot("strikes", "groups", "strikes", ("members",), "people"),
    "repeat_subjects": Plot("repeat_subjects", "groups", "cases", ("members",), "people"),
    "cameos": Plot("cameos", "line", "day", ("granted", "revoked", "refused_uses", "likeness_reports")),
}
COLOURS = ["#8b5cf6", "#e8794a", "#2aa889", "#d6457f", "#4c8dd6", "#b0962c", "#8a7d9c", "#b4532a", "#5aa9a2"]
DATES = {"en": "%b %-d", "fr": "%-d/%-m"}
TIMES = ("day", "week")  # columns that hold dates
FEWEST = 7  # dates on an axis
CLEAR = "rgba(0,0,0,0)"
# What the values of a column are called: known[prefix + value]
PREFIXES = {"reason": "reason_", "target_kind": "kind_", "outcome": "did_"}


def plot_of(name: str, rows: Rows, known: Mapping[str, str], language: str = "en"):
    """The figure of one plot; a sentence in its middle where there is nothing to show."""
    import plotly.graph_objects as go

    plot = PLOTS_OF[name]
    figure = go.Figure()
    drawn = [row for row in rows if any(row.get(column) for column in plot.columns)]
    series = list(_series(plot, drawn, known))
    for label, chosen, column, reach in series:
        x, y = [_told(plot.across, row[plot.across], known) for row in chosen], [row.get(column) for row in chosen]
        if plot.kind == "line":
            figure.add_scatter(x=x, y=y, name=label, mode="lines+markers", line={"width": 2.5}, marker={"size": 5})
        elif plot.kind == "lying":
            figure.add_bar(x=y, y=x, name=label, orientation="h")
        else:
            figure.add_bar(x=x, y=y, name=label, error_y=_reaching(chosen, column, reach))
    if not drawn:
        figure.add_annotation(text=known["plot_nothing"], showarrow=False, font={"size": 14})
    figure.update_layout(
        template="none",
        barmode="stack" if plot.kind == "stack" else "group",
        bargap=0.25,
        colorway=COLOURS,
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        font={"family": "system-ui, sans-serif", "size": 12.5},
        height=310,
        margin={"l": 58, "r": 10, "t": 14, "b": 52},
        legend={"orientation": "h", "x": 0, "y": -0.27, "yanchor": "top", "bgcolor": CLEAR},
        showlegend=len(series) > 1,
        hovermode="x unified" if plot.across in TIMES else "closest",
        hoverlabel={"bgcolor": "#241a35", "font": {"color": "#ffffff"}},
        dragmode=False,
    )
    named = {"title": {"text": known[f"axis_{plot.across}"], "standoff": 8}, "showgrid": False, "fixedrange": True}
    counted = {"title": known[f"unit_{plot.unit}"], "rangemode": "tozero", "zeroline": False, "fixedrange": True}
    if plot.kind == "lying":
        figure.update_layout(xaxis=counted, yaxis=named | {"type": "category", "automargin": True, "title": None})
    else:
        figure.update_layout(xaxis=named | _scale(plot, drawn, language), yaxis=counted)
    if not drawn:  # nothing to measure either
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
    return figure


def _scale(plot: Plot, rows: Rows, language: str) -> dict[str, Any]:
    """How the axis of names or times is divided."""
    if plot.across not in TIMES or not rows:
        return {"type": "category"}
    told = {"type": "date", "tickformat": DATES.get(language, DATES["en"])}
    step = timedelta(days=7 if plot.across == "week" else 1)
    days = [date.fromisoformat(str(row[plot.across])[:10]) for row in rows]
    first, last = min(days), max(days)
    if last - first >= FEWEST * step:
        return told | {"nticks": FEWEST}
    # what is new here has few points: each stands over its own date, at the end of a week or of seven
    around = [(datetime.combine(last, time()) + step * part).isoformat() for part in (0.5 - FEWEST, 0.5)]
    return told | {"range": around, "tick0": last.isoformat(), "dtick": step.total_seconds() * 1000}


def _series(plot: Plot, rows: Rows, known: Mapping[str, str]) -> Iterator[tuple[str, Rows, str, str | None]]:
    """(label, rows, column, column that a thin line reaches) of each series that has anything to show."""
    reaches = dict(zip(plot.columns, plot.reach, strict=False))
    if plot.split is None:
        for column in plot.columns:
            if any(row.get(column) for row in rows):
                yield known.get(f"series_{column}", column), rows, column, reaches.get(column)
        return
    (column,) = plot.columns
    totals: dict[object, float] = {}
    for row in rows:
        totals[row[plot.split]] = totals.get(row[plot.split], 0) + (row.get(column) or 0)
    for value in sorted(totals, key=totals.__getitem__, reverse=True):
        chosen = [row for row in rows if row[plot.split] == value]
        yield _told(plot.split, value, known), chosen, column, reaches.get(column)


def _reaching(rows: Rows, column: str, reach: str | None) -> dict[str, Any] | None:
    """Thin lines from the tops of bars up to another column."""
    if reach is None:
        return None
    above = [max((row.get(reach) or 0) - (row.get(column) or 0), 0) for row in rows]
    return {"type": "data", "array": above, "symmetric": False, "thickness": 1.4, "width": 5, "color": "#8a7d9c"}


def _told(column: str, value: object, known: Mapping[str, str]) -> str:
    """A value of a column in words."""
    return known.get(f"{PREFIXES.get(column, '?')}{value}", str(value))
