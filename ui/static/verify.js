// Verify: drop a file, choose one, or paste a link; the answer comes with its evidence and the chain it was made from.
import { ago, button, call, field, icon, input, language, node, number, onOpen, word } from "./page.js";

const LARGEST = 100 * 1024 * 1024; // bytes
const SIGNS = { made_here: "check", made_here_changed: "pin", signed_by_other: "link", withdrawn: "stop", no_trace: "help" };

export function start(element) {
  const chooser = input("file", { accept: "video/*,image/*,audio/*", className: "file-input" }), link = input("text", { maxLength: 400, placeholder: word("verify_link_hint") });
  const drop = node("label", "drop", icon("pin"), node("strong", "", word("verify_drop")), node("span", "field-hint", word("verify_limits")), chooser);
  const form = node("form", "verify-link", field(word("verify_link"), link), Object.assign(node("button", "quiet", word("verify_ask")), { type: "submit" }));
  const answer = node("div", "verify-answer");
  answer.setAttribute("aria-live", "polite");
  element.append(node("section", "verify", node("header", "", node("h2", "", word("verify_title")), node("p", "lead", word("verify_lead"))), node("div", "verify-ask", drop, form), answer));
  let turn = 0;

  function working() {
    answer.replaceChildren(node("div", "card verify-working", node("span", "spinner"), node("p", "", word("verify_working"))));
  }
  async function tell(ask) {
    const mine = ++turn;
    working();
    const found = await ask();
    if (mine !== turn) return;
    answer.replaceChildren(...(found.error ? [node("p", "notice", [found.error.text, found.error.hint].filter(Boolean).join(" "))] : view(found)));
    answer.firstChild.setAttribute("tabindex", "-1");
    answer.firstChild.focus({ preventScroll: true });
  }
  async function send(file) {
    if (!file) return;
    if (file.size > LARGEST) return void (turn++, answer.replaceChildren(node("p", "notice", word("verify_large", { n: Math.round(file.size / 1048576) }))));
    await tell(async () => {
      try {
        const sent = await fetch(new URL(`./uploads/verify?language=${language}`, document.baseURI), { method: "POST", body: file });
        const told = await sent.json();
        return told.detail ? { error: { text: told.detail, hint: "" } } : told;
      } catch { return { error: { text: word("error_lost"), hint: "" } }; }
    });
    chooser.value = "";
  }
  chooser.addEventListener("change", () => send(chooser.files[0]));
  for (const kind of ["dragover", "dragenter"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); send(event.dataTransfer.files[0]); });
  form.addEventListener("submit", (event) => { event.preventDefault(); if (link.value.trim()) tell(() => call("verify/link", { link: link.value })); });
  onOpen("verify", (wanted) => { if (wanted.clip || wanted.post) tell(() => call("verify/clip", { clip: wanted.clip, post: wanted.post ?? null })); });
}

function view(found) {
  const head = node("div", "verdict verdict-" + found.verdict, icon(SIGNS[found.verdict] || "help"), node("div", "", node("h3", "", word("verdict_" + found.verdict)), node("p", "", found.sentence)));
  const evidence = node("ul", "evidence", ...found.evidence.map((one) => {
    const meter = node("span", "meter", node("span", ""));
    meter.firstChild.style.width = Math.round(one.confidence * 100) + "%";
    return node("li", "", node("p", "", node("strong", "", word("evidence_" + one.kind)), " ", one.sentence), node("p", "field-hint", meter, word("confidence", { n: Math.round(one.confidence * 100) })));
  }));
  return [head, node("section", "card", node("h3", "", word("evidence")), evidence),
    found.tree ? node("section", "card", node("h3", "", word("chain")), node("ul", "chain", branch(found.tree))) : null,
    node("p", "field-hint verify-limits", word("verify_not_proved"))].filter(Boolean);
}

function branch(one) {
  const picture = one.thumbnail ? Object.assign(node("img"), { src: one.thumbnail, alt: "" }) : node("span", "no-picture", icon(one.role === "cameo" ? "face" : "play"));
  const facts = node("dl", "facts");
  const fact = (name, value) => { if (value) facts.append(node("dt", "", word(name)), node("dd", "", value)); };
  fact("chain_maker", one.maker && "@" + one.maker);
  fact("chain_made", one.made_at && new Date(one.made_at).toLocaleString(language));
  fact("chain_engine", one.engine);
  fact("chain_prompt", one.prompt);
  fact("chain_signer", one.signer);
  const rest = Object.entries(one.facts);
  const more = rest.length ? node("details", "", node("summary", "", word("chain_more")), node("dl", "facts", ...rest.flatMap(([name, value]) => [node("dt", "", name), node("dd", "", value)]))) : null;
  const card = node("div", "chain-card", picture, node("div", "", node("p", "chain-role", word("role_" + one.role), " ", node("span", "chain-state state-" + one.state, word("state_" + one.state))), one.title ? node("p", "chain-title", one.title) : null, facts, more));
  return node("li", "", card, one.children.length ? node("ul", "chain", ...one.children.map(branch)) : null);
}
