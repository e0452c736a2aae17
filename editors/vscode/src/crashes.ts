/** Counts crashes: a server that crashes five times in three minutes is not started again. */
export class Crashes {
	static readonly most = 5;
	static readonly window = 3 * 60_000;
	private times: number[] = [];

	/** How long to wait before the next start, in milliseconds; undefined for giving up. */
	next(now: number): number | undefined {
		this.times = this.times.filter(t => now - t < Crashes.window);
		this.times.push(now);
		const n = this.times.length;
		return n < Crashes.most ? 100 * 2 ** (n - 1) : undefined;
	}

	forget(): void {
		this.times = [];
	}
}
