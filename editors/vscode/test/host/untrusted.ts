import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { type Checks, expectFindings, server } from './checks';

/** A workspace that nobody has trusted yet, whose settings name a program of its own. */
export async function untrusted(checks: Checks): Promise<void> {
	const root = vscode.workspace.workspaceFolders![0].uri;
	const app = vscode.Uri.joinPath(root, 'app.py');
	await checks.check('untrusted: findings come from the program of the extension', async () => {
		assert.equal(vscode.workspace.isTrusted, false);
		await vscode.window.showTextDocument(app);
		await expectFindings(app, '6:5 ASYNC251', '10:18 ASYNC251');
		const program = fs.readlinkSync(`/proc/${await server()}/exe`);
		assert.equal(program, fs.realpathSync(`${vscode.extensions.getExtension('aiolens.aiolens')!.extensionPath}/bundled/aiolens`));
	});
	await checks.check('untrusted: nothing of the workspace was run, no file was written', async () => {
		assert.deepEqual(fs.readdirSync(root.fsPath).sort(), ['.venv', '.vscode', 'app.py', 'evil']);
	});
}
