// Puts other people's code, with its licence, beside the compiled script; git ignores that folder.
import { copyFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const from = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
const to = (name) => fileURLToPath(new URL(`../src/tawatur/web/static/vendor/${name}`, import.meta.url));

mkdirSync(to(""), { recursive: true });
copyFileSync(from("htmx.org/dist/htmx.min.js"), to("htmx.min.js"));
copyFileSync(from("htmx.org/LICENSE"), to("htmx.LICENSE.txt"));
