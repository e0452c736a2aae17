import * as vscode from 'vscode';
import { commands } from './commands';
import { Environment } from './environment';
import { Pages } from './pages';
import { Session } from './session';
import { needsRestart } from './settings';
import { Status } from './status';

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
	const channel = (name: string): vscode.LogOutputChannel => vscode.window.createOutputChannel(name, { log: true });
	const channels = { client: channel('aiolens'), server: channel('aiolens Server'), trace: channel('aiolens Trace') };
	const environment = new Environment();
	const status = new Status();
	const started = new Session(context, environment, channels, status);
	session = started;
	const pages = new Pages(started);
	context.subscriptions.push(
		channels.client, channels.server, channels.trace, environment, status,
		vscode.workspace.registerTextDocumentContentProvider(Pages.scheme, pages),
		...commands({ session: started, pages, channels, status, extension: context.extension }),
		vscode.workspace.onDidChangeConfiguration(async event => {
			if (needsRestart(event)) {
				await started.restart('settings have changed');
			} else if (event.affectsConfiguration('aiolens')) {
				await started.settingsChanged();
			}
		}),
		vscode.workspace.onDidGrantWorkspaceTrust(async () => {
			await environment.connect(channels.client);
			await started.restart('the workspace is trusted now');
		}),
		environment.onDidChange(() => started.environmentChanged()),
	);
	await environment.connect(channels.client);
	await started.restart('the extension is active');
}

export function deactivate(): Promise<void> | undefined {
	return session?.end();
}
