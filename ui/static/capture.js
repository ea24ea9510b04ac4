// Recording a cameo: the consent, the camera, the live check step by step, and what was seen in the recording.
import { ask, button, calm, icon, input, language, node, pause, turnTo, word } from "./page.js";

const LARGEST = 80 * 1024 * 1024; // bytes of a recording
const COUNTDOWN = 3; // seconds between the press and the recording
const KINDS = ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"]; // what browsers record, the best first
const CODES = ["readable", "face", "one_face", "light", "same_person", "turns", "speech", "alive", "new"];

const signOf = (step) => (step.kind === "say" ? step.value : step.value === "left" ? "←" : "→");
const say = (step) => (step.kind === "say" ? word("capture_say", { number: step.value }) : word("capture_turn_" + step.value));

// consent: {version, text}. done(cameo): the recording became a cameo. back(): the person does not want to.
export function capture(view, { consent, done, back }) {
  let stream = null, alive = true;
  const release = () => { for (const track of stream?.getTracks() ?? []) track.stop(); stream = null; };
  const leave = (event) => { if (event.detail !== "cameo") end(back); };
  document.addEventListener("hibari:shown", leave);
  function end(next, ...told) {
    if (!alive) return;
    alive = false;
    release();
    document.removeEventListener("hibari:shown", leave);
    next(...told);
  }
  agree();

  // ---- what one agrees to
  function agree() {
    const [lead, ...points] = consent.text.split("\n").filter(Boolean);
    const box = input("checkbox"), camera = button(word("capture_camera"), "save", () => turnOn(), "face"), file = button(word("capture_file"), "quiet", fromFile);
    const tell = () => { camera.disabled = file.disabled = !box.checked; };
    box.addEventListener("change", tell);
    tell();
    turnTo(view, node("section", "card capture-consent", node("h2", "", word("capture_title")), node("p", "lead", lead),
      node("ul", "consent-points", ...points.map((point) => node("li", "", point.replace(/^•\s*/, "")))),
      node("label", "switch consent-yes", box, node("span", "", word("capture_agree"), node("span", "field-hint", " " + word("capture_version", { version: consent.version })))),
      node("div", "capture-foot", camera, file, button(word("cancel"), "quiet", () => end(back)))));
  }

  // ---- the camera
  async function turnOn() {
    turnTo(view, node("p", "empty-note", word("capture_waiting")));
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 }, facingMode: "user" }, audio: { channelCount: 1 },
      });
    } catch (error) {
      return agreeWith(word(error?.name === "NotFoundError" ? "capture_no_camera" : "capture_denied"));
    }
    if (!alive) return release();
    ready();
  }
  function agreeWith(problem) {
    agree();
    const told = node("p", "notice", problem);
    told.setAttribute("role", "alert");
    view.firstChild.lastChild.before(told);
  }
  function ready() {
    const stage = liveStage(stream), start = button(word("capture_start"), "save", begin, "play");
    const tips = node("ul", "capture-tips", ...["capture_tip_light", "capture_tip_alone", "capture_tip_close", "capture_tip_both"].map((key) => node("li", "", word(key))));
    view.replaceChildren(node("section", "capture", stage.element, node("div", "card capture-side", node("h2", "", word("capture_ready")), tips, soundMeter(stream),
      node("div", "capture-foot", start, button(word("cancel"), "quiet", () => end(back))))));
    start.focus();
    async function begin() {
      start.disabled = true;
      const challenge = await ask("cameo/begin", { consent: consent.version });
      if (!challenge) return void (start.disabled = false);
      if (alive) await perform(stage, challenge);
    }
  }

  // ---- the live check, while the camera records
  async function perform(stage, challenge) {
    const steps = guide(challenge);
    view.querySelector(".capture-side").replaceChildren(steps.element);
    for (let n = COUNTDOWN; n > 0; n--) {
      stage.show(String(n), word("capture_look"));
      await pause(1000);
      if (!alive) return;
    }
    const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each)), pieces = [];
    const recorder = new MediaRecorder(stream, { mimeType: kind, videoBitsPerSecond: 2_500_000, audioBitsPerSecond: 96_000 });
    recorder.addEventListener("dataavailable", (event) => { if (event.data.size) pieces.push(event.data); });
    const over = new Promise((told) => recorder.addEventListener("stop", told, { once: true }));
    const begun = new Promise((told) => recorder.addEventListener("start", told, { once: true }));
    recorder.start();
    await begun;
    const lost = await follow(stage, steps, challenge);
    recorder.stop();
    await over;
    release();
    if (alive && !lost) await check(new Blob(pieces, { type: kind }), challenge, "this", turnOn);
  }
  // Shows each step at its time. True when the person left.
  async function follow(stage, steps, challenge) {
    const from = performance.now();
    for (let time = 0; time < challenge.seconds; time = (performance.now() - from) / 1000) {
      const step = challenge.steps.find((each) => time < each.end);
      if (!step || time < step.start) stage.show("", word("capture_look"));
      else stage.show(signOf(step), say(step), step);
      steps.at(time);
      stage.passed(time / challenge.seconds);
      await pause(60);
      if (!alive) return true;
    }
    stage.show("✓", word("capture_over"));
    return false;
  }

  // ---- a file instead
  function fromFile() {
    const start = button(word("capture_show_steps"), "save", begin, "play"), stage = blankStage();
    turnTo(view, node("section", "capture", stage.element, node("div", "card capture-side", node("h2", "", word("capture_file_title")), node("p", "lead", word("capture_file_text")),
      node("div", "capture-foot", start, button(word("cancel"), "quiet", () => end(back))))));
    async function begin() {
      start.disabled = true;
      const challenge = await ask("cameo/begin", { consent: consent.version });
      if (!challenge || !alive) return void (start.disabled = false);
      const steps = guide(challenge);
      view.querySelector(".capture-side").replaceChildren(steps.element);
      for (let n = COUNTDOWN; n > 0 && alive; n--) {
        stage.show(String(n), word("capture_file_press"));
        await pause(1000);
      }
      if (!alive || (await follow(stage, steps, challenge))) return;
      choose(challenge);
    }
  }
  function choose(challenge) {
    const chooser = input("file", { accept: "video/*", className: "file-input" });
    const drop = node("label", "drop", icon("face"), node("strong", "", word("capture_drop")), node("span", "field-hint", word("capture_limits")), chooser);
    const told = node("p", "notice");
    told.setAttribute("role", "alert");
    view.replaceChildren(node("section", "card capture-consent", node("h2", "", word("capture_file_title")), drop, told, node("div", "capture-foot", button(word("cancel"), "quiet", () => end(back)))));
    chooser.addEventListener("change", () => {
      const [file] = chooser.files;
      if (!file) return;
      if (file.size > LARGEST) return void (told.textContent = word("capture_large", { n: Math.round(file.size / 1048576) }));
      check(file, challenge, "another", fromFile);
    });
  }

  // ---- what was seen
  async function check(recording, challenge, camera, again) {
    const list = checkList(), bar = node("progress", "capture-sent"), title = node("h2", "", word("capture_sending"));
    bar.max = 1;
    bar.setAttribute("aria-label", word("capture_sending"));
    title.tabIndex = -1;
    const foot = node("div", "capture-foot"), card = node("section", "card capture-consent", title, bar, list.element, foot);
    card.setAttribute("aria-live", "polite");
    view.replaceChildren(card);
    const answer = await send(recording, challenge.id, camera, (share) => {
      bar.value = share;
      if (share === 1) { bar.removeAttribute("value"); title.textContent = word("capture_checking"); }
    });
    if (!alive) return answer.passed ? done(answer.cameo) : undefined;
    bar.remove();
    if (answer.error) {
      list.element.remove();
      title.textContent = word("capture_not_checked");
      foot.before(node("p", "notice", [answer.error.text, answer.error.hint].filter(Boolean).join(" ")));
    } else {
      await list.tell(answer.checks);
      title.textContent = word(answer.passed ? "capture_passed" : "capture_failed");
    }
    if (answer.passed) foot.append(button(word("capture_go_on"), "save", () => end(done, answer.cameo), "check"));
    else foot.append(button(word("capture_again"), "save", again, "again"), button(word("cancel"), "quiet", () => end(back)));
    title.focus({ preventScroll: true });
  }
}

// The answer about a recording of this camera or another; `passed(share)` hears how much has been sent, 0 to 1.
function send(recording, challenge, camera, passed) {
  return new Promise((answer) => {
    const request = new XMLHttpRequest(), lost = () => answer({ error: { kind: "lost", text: word("error_lost"), hint: "" } });
    request.open("POST", new URL(`./uploads/cameo?language=${language}&camera=${camera}&challenge=${encodeURIComponent(challenge)}`, document.baseURI));
    request.upload.addEventListener("progress", (event) => passed(event.loaded / event.total));
    request.upload.addEventListener("load", () => passed(1));
    request.addEventListener("error", lost);
    request.addEventListener("load", () => {
      try {
        const told = JSON.parse(request.responseText);
        answer(told.detail ? { error: { kind: "too_large", text: told.detail, hint: "" } } : told);
      } catch { lost(); }
    });
    request.send(recording);
  });
}

// The camera's picture, as in a mirror, and over it what to do now.
function liveStage(stream) {
  const picture = Object.assign(node("video", "capture-picture"), { srcObject: stream, muted: true, playsInline: true, autoplay: true });
  picture.setAttribute("aria-hidden", "true");
  return stageOf(picture);
}
const blankStage = () => stageOf(node("div", "capture-picture blank", icon("face")));

function stageOf(picture) {
  const sign = node("strong", "capture-sign"), text = node("span", "capture-text"), line = node("span", "capture-line");
  const told = node("p", "capture-told", sign, text);
  told.setAttribute("role", "status");
  const element = node("div", "capture-stage", picture, node("div", "capture-oval"), told, line);
  let shown = "";
  return {
    element,
    show(what, sentence, step = null) {
      if (shown === what + sentence) return;
      shown = what + sentence;
      sign.textContent = what;
      sign.setAttribute("aria-hidden", "true"); // the sentence says it
      text.textContent = sentence;
      element.dataset.step = step ? (step.kind === "say" ? "say" : step.value) : "";
    },
    passed(share) { line.style.setProperty("--share", share); },
  };
}

// All steps in order, the one to do now marked.
function guide(challenge) {
  const items = challenge.steps.map((step) => node("li", "guide-step", step.kind === "say" ? icon("sound") : Object.assign(node("span", "guide-sign", signOf(step)), { ariaHidden: "true" }), node("span", "", say(step))));
  return {
    element: node("div", "", node("h2", "", word("capture_steps")), node("ol", "guide", ...items)),
    at(time) {
      challenge.steps.forEach((step, n) => {
        items[n].classList.toggle("now", time >= step.start && time < step.end);
        items[n].classList.toggle("over", time >= step.end);
      });
    },
  };
}

// How loud the microphone hears, so that nobody records in silence.
function soundMeter(stream) {
  const meter = node("meter", "capture-meter"), hint = node("span", "field-hint", word("capture_microphone"));
  Object.assign(meter, { min: 0, max: 1, value: 0 });
  meter.setAttribute("aria-label", word("capture_microphone"));
  const context = new AudioContext(), ear = context.createAnalyser(), heard = new Float32Array(1024);
  context.createMediaStreamSource(stream).connect(ear);
  const timer = setInterval(() => {
    if (!meter.isConnected) { clearInterval(timer); return void context.close(); }
    ear.getFloatTimeDomainData(heard);
    meter.value = Math.min(1, Math.sqrt(heard.reduce((sum, each) => sum + each * each, 0) / heard.length) * 6);
  }, 100);
  return node("div", "capture-heard", hint, meter);
}

// The nine things that are looked at; tell() reveals them one after the other.
function checkList() {
  const rows = new Map(CODES.map((code) => [code, node("li", "check waits", node("span", "check-sign"), node("span", "", word("check_" + code)))]));
  return {
    element: node("ul", "checks", ...rows.values()),
    async tell(checks) {
      for (const check of checks) {
        const row = rows.get(check.code), state = check.passed === null ? "skipped" : check.passed ? "passed" : "failed";
        row.className = "check " + state;
        row.firstChild.replaceChildren(state === "skipped" ? "–" : icon(check.passed ? "check" : "close"));
        if (check.advice) row.lastChild.append(node("span", "check-advice", check.advice));
        if (!calm()) await pause(90);
      }
    },
  };
}
