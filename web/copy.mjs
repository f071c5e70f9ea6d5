// Puts other people's code, with its licence, beside the compiled script; git ignores that folder.
import { copyFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const from = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
const fonts = (name) => fileURLToPath(new URL(`../src/tawatur/briefs/fonts/${name}`, import.meta.url));
const to = (name) => fileURLToPath(new URL(`../src/tawatur/web/static/vendor/${name}`, import.meta.url));

mkdirSync(to(""), { recursive: true });
copyFileSync(from("htmx.org/dist/htmx.min.js"), to("htmx.min.js"));
copyFileSync(from("htmx.org/LICENSE"), to("htmx.LICENSE.txt"));

// What briefs on paper are set in.
mkdirSync(fonts(""), { recursive: true });
for (const [family, name] of [["amiri", "Amiri"], ["noto-sans", "NotoSans"]]) {
  for (const weight of ["400Regular", "700Bold"]) {
    const file = `${name}_${weight}.ttf`;
    copyFileSync(from(`@expo-google-fonts/${family}/${weight}/${file}`), fonts(file));
  }
  copyFileSync(from(`@expo-google-fonts/${family}/LICENSE_FONT`), fonts(`${name}.LICENSE.txt`));
}
