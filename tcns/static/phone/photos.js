// A photograph is made small on the phone: drawn anew, the right way up, with nothing of where or
// with what it was taken, at most 400 KB.
const LARGEST_BYTES = 400 * 1024;
const LONGEST_SIDE = 1600;
const LEAST_QUALITY = 0.4;

const asJpeg = (canvas, quality) => new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });

function drawn(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// The picture as it will be sent; rejects when the file is none that this phone can read.
export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  for (let side = LONGEST_SIDE; ; side = Math.round(side * 0.75)) {
    const canvas = drawn(picture, side);
    for (let quality = 0.85; quality >= LEAST_QUALITY; quality -= 0.15) {
      const blob = await asJpeg(canvas, quality);
      if (blob.size <= LARGEST_BYTES) { picture.close(); return blob; }
    }
  }
}
