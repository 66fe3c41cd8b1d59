// The time that the board shows: a slider that keys, buttons and the clock itself move.

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const two = (number: number): string => String(number).padStart(2, "0");

/** A minute after C-day as people read it: `C+12 06:30`, and the date-time group where C-day has a date. */
export function told(at: number, cDay: string | null): string {
  const minute = at % 1440, offset = `C+${Math.floor(at / 1440)} ${two(Math.floor(minute / 60))}:${two(Math.floor(minute % 60))}`;
  if (!cDay) return offset;
  const when = new Date(Date.parse(`${cDay}T00:00:00Z`) + at * 60_000);
  const group = `${two(when.getUTCDate())}${two(when.getUTCHours())}${two(when.getUTCMinutes())}Z ${MONTHS[when.getUTCMonth()]} ${two(when.getUTCFullYear() % 100)}`;
  return `${offset} · ${group}`;
}

export class Clock {
  private readonly slider = document.querySelector<HTMLInputElement>("#at")!;
  private readonly says = document.querySelector<HTMLOutputElement>("#at-says")!;
  private readonly button = document.querySelector<HTMLButtonElement>("#play")!;
  private readonly speed = document.querySelector<HTMLSelectElement>("#speed")!;
  private frame = 0;
  private now = 0;

  constructor(private readonly cDay: string | null, private readonly words: Record<string, string>, private readonly show: (at: number, isPlaying: boolean) => void) {
    this.now = Number(this.slider.value);
    this.slider.addEventListener("input", () => this.set(Number(this.slider.value)));
    this.button.addEventListener("click", () => (this.frame ? this.stop() : this.play()));
    document.querySelector("#back")?.addEventListener("click", () => this.set(this.now - 360));
    document.querySelector("#forth")?.addEventListener("click", () => this.set(this.now + 360));
  }

  set(at: number): void {
    this.now = Math.min(Number(this.slider.max), Math.max(0, at));
    this.tell(this.frame !== 0);
  }

  private tell(isPlaying: boolean): void {
    const text = told(Math.round(this.now), this.cDay);
    this.slider.value = String(this.now);
    this.slider.setAttribute("aria-valuetext", text);
    this.says.value = text;
    this.show(this.now, isPlaying);
  }

  /** Runs until the end; who wants less motion gets a step of six hours a second instead of a film. */
  private play(): void {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.now >= Number(this.slider.max)) this.now = 0;
    let before = performance.now();
    const step = (stamp: number): void => {
      const passed = (stamp - before) / 1000;
      if (!isCalm || passed >= 1) {
        before = stamp;
        this.set(this.now + (isCalm ? 360 : passed * Number(this.speed.value)));
      }
      if (this.now >= Number(this.slider.max)) return this.stop();
      this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
    this.button.setAttribute("aria-pressed", "true");
    this.button.textContent = this.words["pause"] ?? "";
  }

  private stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.button.setAttribute("aria-pressed", "false");
    this.button.textContent = this.words["play"] ?? "";
    this.tell(false);
  }
}
