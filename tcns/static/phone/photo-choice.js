// Photographs chosen in the form: made small at once, so that what is seen is what will be sent.
import { shrink } from "./photos.js";
import { blank, word } from "./words.js";

const MOST = 6;
let listened;

export function offerPhotos(form, already) {
  const input = form.querySelector("[name=photographs]");
  const list = form.querySelector("[data-part=photos]");
  const note = form.querySelector("[data-part=photo-note]");
  let small = [];

  function draw() {
    note.textContent = already ? word("photos_kept", { count: already }) : "";
    list.replaceChildren(...small.map(({ blob, name }, index) => {
      const line = blank("photo");
      const picture = line.querySelector("img");
      picture.src = URL.createObjectURL(blob);
      picture.onload = () => URL.revokeObjectURL(picture.src);
      picture.alt = name;
      line.querySelector("[data-part=size]").textContent = `${Math.ceil(blob.size / 1024)} KB`;
      line.querySelector("button").addEventListener("click", () => { small.splice(index, 1); draw(); });
      return line;
    }));
  }

  async function take() {
    const files = [...input.files];
    input.value = "";
    const wrong = [];
    for (const file of files.slice(0, MOST - already - small.length)) {
      try { small.push({ blob: await shrink(file), name: file.name }); } catch { wrong.push(file.name); }
    }
    draw();
    if (wrong.length) note.textContent = word("photo_unreadable", { name: wrong.join(", ") });
    else if (small.length + already >= MOST) note.textContent = word("photos_most");
  }

  if (listened) input.removeEventListener("change", listened);
  listened = take;
  input.addEventListener("change", take);
  draw();
  return { chosen: () => small.map(({ blob }) => blob) };
}
