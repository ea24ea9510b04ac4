// Pictures: one that the clip begins with, and some that it refers to, where the engine can use them.
import { icon, iconButton, join, language, node, toast, word } from "./page.js";
import { changed, form, onChanged } from "./form.js";

const MOST = 4; // references
const LARGEST = 12 * 1024 * 1024; // bytes

export function start(element) {
  const view = node("div", "pictures"), said = node("p", "notice");
  said.setAttribute("role", "alert");
  element.append(view, said);
  let sending = "";

  function draw() {
    const { engine } = form, uses = engine && (engine.images || engine.references);
    element.parentElement.closest("#images").hidden = !uses;
    if (!uses) { form.start = null; form.references = []; return view.replaceChildren(); }
    view.replaceChildren(...[engine.images && slot("start", word("start_image"), form.start ? [form.start] : [], 1, word(engine.text ? "start_hint" : "start_needed")),
      engine.references && slot("references", word("reference_images"), form.references, MOST, word("reference_hint"))].filter(Boolean));
  }
  function slot(name, label, pictures, most, hint) {
    const row = node("div", "picture-row", ...pictures.map((each) => {
      const shown = Object.assign(node("img"), { src: each.url, alt: label });
      const drop = iconButton(word("picture_remove", { what: label }), "picture-drop", () => {
        if (name === "start") form.start = null;
        else form.references = form.references.filter((other) => other !== each);
        draw();
        changed("pictures");
      }, "close");
      return node("div", "picture", shown, drop);
    }));
    if (pictures.length < most) row.append(chooser(name, label));
    return node("div", "picture-slot", node("span", "field-label", label), row, node("span", "field-hint", hint));
  }
  function chooser(name, label) {
    const file = Object.assign(node("input", "file-input"), { type: "file", accept: "image/png,image/jpeg,image/webp" });
    file.setAttribute("aria-label", label);
    file.addEventListener("change", () => send(name, file.files[0]));
    const drop = node("label", sending === name ? "picture-add busy" : "picture-add", sending === name ? node("span", "spinner") : icon("picture"), node("span", "", word(sending === name ? "picture_sending" : "picture_add")), file);
    for (const kind of ["dragover", "dragenter"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); send(name, event.dataTransfer.files[0]); });
    return drop;
  }
  async function send(name, file) {
    if (!file || sending) return;
    said.textContent = "";
    if (file.size > LARGEST) return void (said.textContent = word("picture_large", { n: LARGEST / 1048576 }));
    sending = name;
    draw();
    const answer = await uploaded(file);
    sending = "";
    if (answer.error && answer.error.kind === "not_signed_in") join();
    else if (answer.error) said.textContent = [answer.error.text, answer.error.hint].filter(Boolean).join(" ");
    else if (name === "start") form.start = answer;
    else form.references = [...form.references, answer].slice(0, MOST);
    draw();
    changed("pictures");
  }
  function pasted(event) {
    const file = [...(event.clipboardData || { files: [] }).files].find((each) => each.type.startsWith("image/"));
    if (!file || document.body.dataset.tab !== "create") return;
    event.preventDefault();
    const { engine } = form;
    if (!engine || !(engine.images || engine.references)) return toast(word("picture_not_used", { name: engine ? engine.title : "" }));
    send(engine.images && !form.start ? "start" : engine.references ? "references" : "start", file);
  }
  document.addEventListener("paste", pasted);
  onChanged("engine", draw);
  draw();
}

async function uploaded(file) {
  try {
    const answer = await fetch(new URL(`./uploads/picture?language=${language}`, document.baseURI), { method: "POST", body: file }), told = await answer.json();
    return told.detail ? { error: { kind: "invalid", text: told.detail, hint: "" } } : told;
  } catch {
    return { error: { kind: "lost", text: word("error_lost"), hint: "" } };
  }
}
