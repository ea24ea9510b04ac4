"""Plots of the Analytics tab: rows of numbers → plotly figures with named axes, readable in light and dark."""

from collections.abc import Mapping
from typing import Any

# about → (kind of plot, column of the x axis, columns of the y axis, column that splits it into series)
PLOTS_OF: dict[str, tuple[str, str, tuple[str, ...], str | None]] = {
    "generations": ("bar", "day", ("done", "failed", "refused", "cancelled"), None),
    "engines": ("groups", "engine", ("wait_median", "wait_p95", "run_median", "run_p95"), None),
    "posts": ("line", "day", ("posted", "removed", "held"), None),
    "creation": ("line", "day", ("active", "makers"), None),
    "refusals": ("bar", "day", ("count",), "rule"),
    "holds": ("groups", "outcome", ("count",), None),
    "reports": ("bar", "day", ("count",), "reason"),
    "decision_times": ("line", "day", ("hours_median", "hours_p90"), None),
    "appeals": ("bar", "day", ("upheld", "overturned"), None),
    "false_refusals": ("groups", "rule", ("refused", "appealed", "overturned"), None),
    "strikes": ("groups", "strikes", ("members",), None),
    "repeat_subjects": ("groups", "cases", ("members",), None),
    "cameos": ("line", "day", ("granted", "revoked", "refused_uses", "likeness_reports"), None),
    "diversity": ("line", "day", ("top_share", "gini"), None),
    "remixes": ("groups", "depth", ("clips",), None),
}
PLOTS = tuple(PLOTS_OF)
COLOURS = ["#8b5cf6", "#f08a5d", "#2aa889", "#d6336c", "#4c8dd6", "#b0a12c", "#7a6f8a", "#c2410c"]
UNITS = {"engines": "seconds", "decision_times": "hours", "diversity": "share"}
INK = "#8d86a0"  # readable on white and on near black


def plot_of(about: str, rows: list[dict[str, Any]], known: Mapping[str, str]):
    """The figure about one subject; a sentence in its middle where there is nothing to show."""
    import plotly.graph_objects as go

    kind, across, columns, split = PLOTS_OF[about]
    figure = go.Figure()
    drawn = [row for row in rows if any(row.get(column) is not None for column in columns)]
    for name, series, column in _series(drawn, columns, split):
        x, y = [str(row[across]) for row in series], [row.get(column) for row in series]
        label = known.get(f"series_{name}", str(name).replace("_", " "))
        if kind == "line":
            figure.add_scatter(x=x, y=y, name=label, mode="lines+markers", line={"width": 2.5}, connectgaps=False)
        else:
            figure.add_bar(x=x, y=y, name=label)
    if not drawn:
        figure.add_annotation(
            text=known["plot_nothing"], showarrow=False, font={"size": 14}, xref="paper", yref="paper"
        )
    figure.update_layout(
        title={"text": known[f"plot_{about}"], "x": 0, "font": {"size": 16}},
        template="none",
        barmode="stack" if kind == "bar" else "group",
        colorway=COLOURS,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": INK, "family": "system-ui, sans-serif", "size": 13},
        height=320,
        margin={"l": 56, "r": 12, "t": 44, "b": 48},
        legend={"orientation": "h", "y": -0.22},
        showlegend=bool(drawn),
    )
    unit = known[f"unit_{UNITS.get(about, 'count')}"]
    figure.update_yaxes(title=unit, gridcolor="rgba(140,130,160,.25)", rangemode="tozero", zeroline=False)
    figure.update_xaxes(title=known.get(f"axis_{across}", across), showgrid=False, type="category")
    return figure


def _series(rows: list[dict[str, Any]], columns: tuple[str, ...], split: str | None):
    """(name, rows, column) of each series."""
    if split is None:
        return [(column, rows, column) for column in columns]
    names = list(dict.fromkeys(str(row[split]) for row in rows))
    return [(name, [row for row in rows if str(row[split]) == name], columns[0]) for name in names]
