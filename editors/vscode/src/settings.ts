import * as vscode from 'vscode';

/** What only the client heeds. The server's own settings are all others. */
const ours = ['path', 'importStrategy', 'logLevel', 'logFile', 'trace.server'];

/** Changes of these need another server process. */
const processSettings = ['path', 'importStrategy', 'interpreter', 'logLevel', 'logFile'].map(key => `aiolens.${key}`);

export function needsRestart(event: vscode.ConfigurationChangeEvent): boolean {
	return processSettings.some(key => event.affectsConfiguration(key));
}

/**
 * What the user has set, without the defaults: those must not win over the settings file of the project. It has the shape that
 * the server reads.
 */
export function explicitSettings(keys: string[], scope?: vscode.Uri): Record<string, unknown> {
	const config = vscode.workspace.getConfiguration('aiolens', scope);
	const all: Record<string, unknown> = {};
	for (const key of keys) {
		const said = config.inspect(key);
		const value = said?.workspaceFolderValue ?? said?.workspaceValue ?? said?.globalValue;
		if (ours.includes(key) || value === undefined || value === null) {
			continue;
		}
		const [outer, inner] = key.split('.');
		if (inner === undefined) {
			all[outer] = value;
		} else {
			all[outer] = { ...(all[outer] as object | undefined), [inner]: value };
		}
	}
	return all;
}

/** The names of all settings, without "aiolens.". */
export function settingNames(extension: vscode.Extension<unknown>): string[] {
	const properties = extension.packageJSON.contributes.configuration.properties as object;
	return Object.keys(properties).map(key => key.slice('aiolens.'.length));
}
