// The closure curve: closed against required, with a mark at the time that the map shows.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Curve, Measure } from "./layers";

const HEIGHT = 190;

export class ClosureCurve {
  private plot: uPlot | undefined;
  private at = 0;
  private measure: Measure = "people";

  constructor(private readonly box: HTMLElement, private readonly curve: Curve, private readonly words: Record<string, string>, private readonly choose: (at: number) => void) {
    this.draw();
    new ResizeObserver(() => this.plot?.setSize({ width: box.clientWidth, height: HEIGHT })).observe(box);
  }

  show(at: number): void {
    this.at = at;
    this.plot?.redraw(false);
  }

  use(measure: Measure): void {
    this.measure = measure;
    this.draw();
  }

  draw(): void {
    this.plot?.destroy();
    const told = getComputedStyle(document.documentElement), named = (name: string) => told.getPropertyValue(`--${name}`).trim();
    const ink = named("soft"), line = named("line"), closed = this.curve.closed[this.measure], required = this.curve.required[this.measure];
    const days = closed.map((_, step) => ((step + 1) * this.curve.step_min) / 1440);
    const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line }, font: "12px system-ui, sans-serif" };
    const stepped = uPlot.paths.stepped?.({ align: 1 });
    const series = (label: string, stroke: string, dash?: number[]): uPlot.Series => ({ label, stroke, width: 2.5, points: { show: false }, ...(dash ? { dash } : {}), ...(stepped ? { paths: stepped } : {}) });
    this.plot = new uPlot(
      {
        width: this.box.clientWidth, height: HEIGHT,
        scales: { x: { time: false, range: (_, least, most) => [Math.min(0, least), most] } },
        series: [{ label: this.words["day"] ?? "" }, series(this.words["closed_curve"] ?? "", named("key")), series(this.words["required_curve"] ?? "", named("full"), [6, 4])],
        axes: [{ ...axis, incrs: [1, 2, 5, 10, 20, 50, 100], values: (_, ticks) => ticks.map((day) => `C+${day}`) }, { ...axis, size: 64 }],
        cursor: { drag: { x: false, y: false } },
        hooks: { draw: [(plot) => this.mark(plot, named("ink"))] },
      },
      [days, closed, required], this.box,
    );
    this.plot.over.addEventListener("click", () => {
      const left = this.plot?.cursor.left ?? -1;
      if (this.plot && left >= 0) this.choose(Math.round(this.plot.posToVal(left, "x") * 24) * 60);
    });
  }

  private mark(plot: uPlot, colour: string): void {
    const x = Math.round(plot.valToPos(this.at / 1440, "x", true)), { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }
}
