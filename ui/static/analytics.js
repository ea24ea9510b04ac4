// Analytics: draws the plots when the tab is shown, names each, and saves the numbers behind it.
import { ask, iconButton, node, onShown, pause, whoami, word } from "./page.js";

// Lets the browser keep a text as a file.
export function saveText(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// A press that comes while Gradio is still waking the tab is lost: then it is pressed again.
const TRIES = 5, PATIENCE = 4000; // milliseconds

const days = () => Number(document.querySelector("#analytics-range input:checked")?.value) || 30;

// A heading with what the plot shows, and the button that saves its numbers, above each plot.
function head(place) {
  const plot = place.id.slice("plot-".length), title = word("plot_" + plot);
  const save = iconButton(`${word("export_csv")}: ${title}`, "plot-save", async () => {
    const answer = await ask("analytics/csv", { plot, days: days() });
    if (answer) saveText(answer.name, answer.csv);
  }, "download");
  place.querySelector(".empty[aria-label]")?.setAttribute("role", "img"); // Gradio's mark for a plot that is not drawn yet
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", title);
  place.prepend(node("div", "plot-head", node("div", "", node("h3", "", title), node("p", "field-hint", word("about_" + plot))), save));
}

export function start(element) {
  element.append(node("header", "analytics-head", node("h2", "", word("analytics")), node("p", "lead", word("analytics_privacy"))));
  let shown = false;
  async function show() {
    const { me } = await whoami();
    if (shown || !me || me.role === "member") return;
    const places = document.querySelectorAll(".plot[id^=plot-]");
    if (!places.length) return void setTimeout(show, 100); // Gradio is still building the tab
    shown = true;
    for (const place of places) head(place);
    for (let tries = 0; tries < TRIES && !document.querySelector(".plot .main-svg"); tries++) {
      document.querySelector("#analytics-show")?.click();
      await pause(PATIENCE);
    }
  }
  onShown("analytics", show);
  if (document.body.dataset.tab === "analytics") show();
}
