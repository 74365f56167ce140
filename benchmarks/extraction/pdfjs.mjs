// Text of PDF files by pdf.js: {name: path} comes in as JSON, {name: text} goes out.
import { readFileSync } from "node:fs";
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";

const files = JSON.parse(readFileSync(0, "utf8"));
const texts = {};
for (const [name, path] of Object.entries(files)) {
  const data = new Uint8Array(readFileSync(path));
  const document = await getDocument({ data, verbosity: VerbosityLevel.ERRORS }).promise;
  const pages = [];
  for (let number = 1; number <= document.numPages; number++) {
    const content = await (await document.getPage(number)).getTextContent();
    pages.push(content.items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join(""));
  }
  texts[name] = pages.join("\n");
  await document.destroy();
}
process.stdout.write(JSON.stringify(texts));
