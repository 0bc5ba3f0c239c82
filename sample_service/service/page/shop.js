// The shop: the menu, who you are, an order, and whether what came out of the oven is a pizza.

const $ = (id) => document.getElementById(id);
const state = { token: null, factory: null, menu: [] };

// --- talking to the service -------------------------------------------------------------------------------------------

/** Ask the service; give its status and what it answered. A service that is away answers with status 0. */
async function ask(method, path, body) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (state.token) headers.Authorization = `Bearer ${state.token}`;
  try {
    const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    return { ok: response.ok, status: response.status, body: await response.json() };
  } catch {
    return { ok: false, status: 0, body: { message: "The shop does not answer. Please try again." } };
  }
}

/** Have the factory look at a pizza: "valid", "invalid", or null when the factory does not answer. */
async function verify(jwt) {
  try {
    const response = await fetch(`${state.factory}/api/order/verify`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ jwt }),
    });
    return (await response.json()).message ?? null;
  } catch {
    return null;
  }
}

// --- showing --------------------------------------------------------------------------------------------------------

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function bitcoin(amount) {
  return `${amount.toFixed(4)} ₿`;
}

/** What an answer says went wrong, in words for a person. */
function problem(answer) {
  if (typeof answer.body.message === "string") return answer.body.message;
  return "That was not understood. Please check what you entered.";
}

function details(title, text) {
  const box = element("details");
  box.append(element("summary", title), element("pre", text));
  return box;
}

function showMenu() {
  $("menu").replaceChildren(
    ...state.menu.map((item) => {
      const row = $("menu-item").content.cloneNode(true);
      row.querySelector("h3").textContent = item.title;
      row.querySelector(".description").textContent = item.description;
      row.querySelector(".price").textContent = bitcoin(item.price);
      const label = row.querySelector("label");
      const input = row.querySelector("input");
      input.id = `amount-${item.id}`;
      input.dataset.menuId = item.id;
      label.htmlFor = input.id;
      label.textContent = "How many";
      input.setAttribute("aria-label", `How many of ${item.title}`);
      return row;
    }),
  );
}

function showStores(franchises) {
  $("store").replaceChildren(
    ...franchises.flatMap((franchise) =>
      franchise.stores.map((store) => {
        const option = element("option", `${franchise.name}, ${store.name}`);
        option.value = JSON.stringify({ franchiseId: franchise.id, storeId: store.id });
        return option;
      }),
    ),
  );
}

function showUser(user) {
  $("whoami").textContent = user ? `Logged in as ${user.name}.` : "Nobody is logged in.";
  $("account").hidden = Boolean(user);
  $("logout").hidden = !user;
}

function showTotal() {
  const items = chosen();
  const total = items.reduce((sum, { menuId }) => sum + state.menu.find((item) => item.id === menuId).price, 0);
  const pizzas = items.length === 1 ? "1 pizza" : `${items.length} pizzas`;
  $("total").textContent = items.length ? `${pizzas}, ${bitcoin(total)}.` : "Nothing chosen yet.";
}

function showFailure(answer) {
  const notice = element("p", `No pizza. The shop answered ${answer.status || "nothing"}: ${problem(answer)}`, "notice bad");
  const answered = details("What the shop answered", JSON.stringify(answer.body, null, 2));
  answered.open = true;
  $("result").replaceChildren(notice, answered);
}

function showPizza(answer, verdict) {
  const words = {
    valid: ["Verified: the factory knows this pizza as its own.", "notice good"],
    invalid: ["Not a pizza: the factory does not know its signature.", "notice bad"],
  }[verdict] ?? ["The factory could not be asked whether this is a pizza.", "notice bad"];
  const { order } = answer.body;
  $("result").replaceChildren(
    element("p", ...words),
    element("p", `Order ${order.id}: ${order.items.map((item) => item.description).join(", ")}.`),
    details("The pizza, a JSON Web Token", answer.body.jwt),
    details("What the shop answered", JSON.stringify(answer.body, null, 2)),
  );
}

// --- what a person does -----------------------------------------------------------------------------------------------

function chosen() {
  return [...document.querySelectorAll("#menu input")].flatMap((input) =>
    Array.from({ length: Math.max(0, Math.min(20, Math.trunc(Number(input.value) || 0))) }, () => ({
      menuId: Number(input.dataset.menuId),
    })),
  );
}

/** Run something once at a time, and let the button say that it is running. */
async function busily(button, words, run) {
  if (button.getAttribute("aria-disabled") === "true") return;
  const before = button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = words;
  try {
    await run();
  } finally {
    button.textContent = before;
    button.removeAttribute("aria-disabled");
  }
}

function chooseMode() {
  const isNew = mode() === "register";
  $("name-field").hidden = !isNew;
  $("name").required = isNew;
  $("password").autocomplete = isNew ? "new-password" : "current-password";
  $("account-title").textContent = $("enter").textContent = isNew ? "Register" : "Log in";
}

function mode() {
  return new FormData($("account-form")).get("mode");
}

async function enter() {
  const { name, email, password } = Object.fromEntries(new FormData($("account-form")));
  const isNew = mode() === "register";
  const answer = await ask(isNew ? "POST" : "PUT", "/api/auth", isNew ? { name, email, password } : { email, password });
  $("account-problem").textContent = answer.ok ? "" : problem(answer);
  if (!answer.ok) return;
  state.token = answer.body.token;
  $("password").value = "";
  $("order-problem").textContent = "";
  showUser(answer.body.user);
  $("main").focus();
}

async function leave() {
  await ask("DELETE", "/api/auth");
  state.token = null;
  showUser(null);
  $("email").focus();
}

async function buy() {
  const items = chosen();
  const missing = state.token ? (items.length ? "" : "Please choose a pizza first.") : "Please log in first.";
  $("order-problem").textContent = missing;
  if (missing) {
    (state.token ? document.querySelector("#menu input") : $("email"))?.focus();
    return;
  }
  $("result").setAttribute("aria-busy", "true");
  $("result").replaceChildren(element("p", "The factory is baking…"));
  const answer = await ask("POST", "/api/order", { ...JSON.parse($("store").value), items });
  if (answer.ok) showPizza(answer, await verify(answer.body.jwt));
  else showFailure(answer);
  $("result").setAttribute("aria-busy", "false");
  $("result-title").focus();
}

async function open() {
  const [settings, menu, franchises] = await Promise.all([
    ask("GET", "settings.json"),
    ask("GET", "/api/order/menu"),
    ask("GET", "/api/franchise?limit=100"),
  ]);
  const failed = [settings, menu, franchises].find((answer) => !answer.ok);
  if (failed) {
    $("menu-problem").textContent = problem(failed);
    return;
  }
  state.factory = settings.body.factory;
  state.menu = menu.body;
  showMenu();
  showStores(franchises.body.franchises);
}

$("account-form").addEventListener("change", chooseMode);
$("account-form").addEventListener("submit", (event) => {
  event.preventDefault();
  busily($("enter"), "One moment…", enter);
});
$("logout").addEventListener("click", () => busily($("logout"), "One moment…", leave));
$("menu").addEventListener("input", showTotal);
$("order-form").addEventListener("submit", (event) => {
  event.preventDefault();
  busily($("buy"), "Baking…", buy);
});

chooseMode();
open();
