import * as fs from 'node:fs';
import * as vscode from 'vscode';

export interface Result {
	name: string;
	ok: boolean;
	ms: number;
	error?: string;
	skipped?: string;
}

/** Thrown by a check that cannot be made here. */
export class Skip extends Error {}

export class Checks {
	readonly results: Result[] = [];

	constructor(private readonly progress: string) {}

	async check(name: string, f: () => Promise<void>): Promise<void> {
		const begun = Date.now();
		try {
			await f();
			this.add({ name, ok: true, ms: Date.now() - begun });
		} catch (err) {
			if (err instanceof Skip) {
				this.add({ name, ok: true, ms: Date.now() - begun, skipped: err.message });
			} else {
				this.fail(name, err, Date.now() - begun);
			}
		}
	}

	private add(result: Result): void {
		this.results.push(result);
		fs.writeFileSync(this.progress, JSON.stringify(this.results)); // for a suite that does not end
	}

	fail(name: string, err: unknown, ms = 0): void {
		this.add({ name, ok: false, ms, error: String((err instanceof Error && err.stack) || err) });
	}
}

export const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** The first value that is not undefined or false. */
export async function until<T>(what: string, f: () => T | undefined | false | Promise<T | undefined | false>, ms = 10_000): Promise<T> {
	const begun = Date.now();
	for (;;) {
		const value = await f();
		if (value !== undefined && value !== false) {
			return value;
		}
		if (Date.now() - begun > ms) {
			throw new Error(`timeout: ${what}`);
		}
		await sleep(25);
	}
}

/** The findings of a file, without hints, as "line:column CODE", from 1. */
export function findings(uri: vscode.Uri): string[] {
	return vscode.languages.getDiagnostics(uri).filter(d => d.source === 'aiolens' && d.severity <= vscode.DiagnosticSeverity.Warning)
		.map(d => `${d.range.start.line + 1}:${d.range.start.character + 1} ${code(d)}`).sort((a, b) => parseInt(a) - parseInt(b));
}

export function code(d: vscode.Diagnostic): string {
	return String(typeof d.code === 'object' ? d.code.value : d.code);
}

export async function expectFindings(uri: vscode.Uri, ...want: string[]): Promise<void> {
	try {
		await until('findings', () => findings(uri).join() === want.join());
	} catch {
		throw new Error(`findings are ${JSON.stringify(findings(uri))}, want ${JSON.stringify(want)}`);
	}
}

/** The process ids of the servers that this extension host has started. */
export function servers(): number[] {
	return fs.readdirSync('/proc').filter(name => /^\d+$/.test(name)).filter(pid => {
		try {
			const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
			const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			return state !== 'Z' && Number(parent) === process.pid && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[1] === 'server';
		} catch {
			return false;
		}
	}).map(Number);
}

/** The process id of the one server, when it is not a given one any more. */
export function server(other?: number): Promise<number> {
	return until('a server', () => {
		const all = servers();
		return all.length === 1 && all[0] !== other && all[0];
	});
}
