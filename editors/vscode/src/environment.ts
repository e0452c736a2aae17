import * as vscode from 'vscode';
import { expand, interpreterIn } from './binary';

/** The part of the Python extension's interface that is used here. */
interface PythonApi {
	ready: Promise<void>;
	environments: {
		getActiveEnvironmentPath(resource?: vscode.Uri): { id: string; path: string };
		resolveEnvironment(env: { id: string; path: string }): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
		onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
	};
}

/** Knows the interpreters that are selected in the workspace. */
export class Environment implements vscode.Disposable {
	private api: PythonApi | undefined;
	private listener: vscode.Disposable | undefined;
	private readonly changed = new vscode.EventEmitter<void>();
	readonly onDidChange = this.changed.event;

	/** Asks the Python extension, where there is one. It may be slow: nobody waits for it for long. */
	async connect(log: vscode.LogOutputChannel): Promise<void> {
		const python = vscode.extensions.getExtension<PythonApi>('ms-python.python');
		if (!python || !vscode.workspace.isTrusted) {
			return;
		}
		const connecting = (async () => {
			try {
				const api = await python.activate();
				await api.ready;
				this.listener = api.environments.onDidChangeActiveEnvironmentPath(() => this.changed.fire());
				this.api = api;
			} catch (err) {
				log.warn(`the Python extension does not answer: ${err}`);
			}
		})();
		const late = new Promise<string>(resolve => setTimeout(resolve, 2000, 'late'));
		if ((await Promise.race([connecting, late])) === 'late') {
			void connecting.then(() => this.changed.fire());
		}
	}

	/** The interpreter for a folder: what the settings name, else what is selected, else that of its virtual environment. */
	async interpreter(folder?: vscode.WorkspaceFolder): Promise<string | undefined> {
		if (!vscode.workspace.isTrusted) {
			return undefined;
		}
		const given = vscode.workspace.getConfiguration('aiolens', folder).get<string>('interpreter');
		if (given) {
			return expand(given, folder ? [folder.uri.fsPath] : [])[0];
		}
		try {
			const active = this.api?.environments.getActiveEnvironmentPath(folder?.uri);
			const resolved = active && (await this.api?.environments.resolveEnvironment(active));
			if (resolved?.executable.uri) {
				return resolved.executable.uri.fsPath;
			}
		} catch {
			// The environment has been deleted.
		}
		return folder && interpreterIn(folder.uri.fsPath);
	}

	dispose(): void {
		this.listener?.dispose();
		this.changed.dispose();
	}
}
