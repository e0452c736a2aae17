import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import type { Session } from './session';

/** Serves what the program prints as read-only documents: pages of rules, and the code of patterns. */
export class Pages implements vscode.TextDocumentContentProvider {
	static readonly scheme = 'aiolens';
	private readonly texts = new Map<string, string>();

	constructor(private readonly session: Session) {}

	/** The document of a text that is known. */
	put(path: string, text: string): vscode.Uri {
		const uri = vscode.Uri.from({ scheme: Pages.scheme, path });
		this.texts.set(uri.path, text);
		return uri;
	}

	async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
		const known = this.texts.get(uri.path);
		if (known !== undefined) {
			return known;
		}
		const rule = /^\/([\w-]+)\.md$/.exec(uri.path); // also after the window has been opened again
		return rule ? this.print('rule', rule[1]) : '';
	}

	/** What the program prints for some arguments. */
	async print(...args: string[]): Promise<string> {
		const program = await this.session.program();
		if (!program) {
			throw new Error('no program found');
		}
		return new Promise((resolve, reject) => {
			execFile(program.command, args, { timeout: 10_000, env: { ...process.env, NO_COLOR: '1' } }, (err, out, complaint) => {
				if (err) {
					reject(new Error(complaint.trim() || err.message));
				} else {
					resolve(out);
				}
			});
		});
	}
}
