import * as vscode from 'vscode';

/** What the language status of Python files says about the server. */
export class Status implements vscode.Disposable {
	private readonly item = vscode.languages.createLanguageStatusItem('aiolens', { language: 'python' });

	constructor() {
		this.item.name = 'aiolens';
		this.item.command = { command: 'aiolens.showLogs', title: 'Show Logs' };
		this.starting();
	}

	starting(): void {
		this.set('aiolens', 'starting', vscode.LanguageStatusSeverity.Information, true);
	}

	running(version: string, detail: string): void {
		this.set(`aiolens ${version.split(' ')[0]}`.trim(), detail, vscode.LanguageStatusSeverity.Information);
	}

	failed(detail: string): void {
		this.set('aiolens', detail, vscode.LanguageStatusSeverity.Error);
	}

	off(): void {
		this.set('aiolens', 'switched off', vscode.LanguageStatusSeverity.Warning);
	}

	/** What it says now, for bug reports. */
	get text(): string {
		return `${this.item.text}: ${this.item.detail}`;
	}

	private set(text: string, detail: string, severity: vscode.LanguageStatusSeverity, busy = false): void {
		Object.assign(this.item, { text, detail, severity, busy });
	}

	dispose(): void {
		this.item.dispose();
	}
}
