// Bundles what runs in the browser into the folder named on the command line. The worker of the map is a file of its
// own, so that the pages need no blob: or data: in their policy.
import { build } from "esbuild";
import { argv, exit } from "node:process";

const [, , outdir] = argv;
if (!outdir) {
  console.error("Name the folder to write to: npm run build -- FOLDER");
  exit(1);
}

await build({
  entryPoints: {
    board: "src/board.ts",
    htmx: "src/htmx.ts",
    "map-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs",
  },
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "eof",
  logLevel: "warning",
});
