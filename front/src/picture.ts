// The map as a picture file, with the marking of the page drawn in above and below.
import type { Map } from "maplibre-gl";

const BAND = 34;

export function savePicture(map: Map, banner: string, caption: string): void {
  map.once("render", () => {
    const drawn = map.getCanvas(), scale = devicePixelRatio, band = BAND * scale;
    const sheet = document.createElement("canvas");
    sheet.width = drawn.width;
    sheet.height = drawn.height + 2 * band;
    const pen = sheet.getContext("2d");
    if (!pen) return;
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.drawImage(drawn, 0, band);
    pen.fillStyle = "#1b2430";
    pen.font = `600 ${15 * scale}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(banner, sheet.width / 2, band / 2);
    pen.fillText(`${banner} · ${caption}`, sheet.width / 2, sheet.height - band / 2);
    sheet.toBlob((blob) => {
      if (!blob) return;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "board.png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }, "image/png");
  });
  map.triggerRepaint();
}
