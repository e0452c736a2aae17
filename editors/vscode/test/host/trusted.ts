import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { type Checks, Skip, code, expectFindings, findings, server, servers, sleep, until } from './checks';

/** A position, counted from 1. */
const at = (line: number, column: number): vscode.Position => new vscode.Position(line - 1, column - 1);

function finding(uri: vscode.Uri, wanted: string): vscode.Diagnostic {
	return vscode.languages.getDiagnostics(uri).find(d => code(d) === wanted)!;
}

/** A workspace of two folders: service, with two modules, and tools, which has settings of its own. */
export async function trusted(checks: Checks): Promise<void> {
	const [service, tools] = vscode.workspace.workspaceFolders!.map(folder => folder.uri);
	const app = vscode.Uri.joinPath(service, 'app.py');
	const worker = vscode.Uri.joinPath(service, 'worker.py');
	const store = vscode.Uri.joinPath(service, 'store.py');
	const script = vscode.Uri.joinPath(tools, 'script.py');
	const closed = vscode.Uri.joinPath(service, 'closed.py');
	const run = <T>(name: string, ...args: unknown[]): Thenable<T> => vscode.commands.executeCommand<T>(name, ...args);
	const config = (scope?: vscode.Uri): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('aiolens', scope);
	const show = (uri: vscode.Uri, place?: vscode.Position): Thenable<vscode.TextEditor> =>
		vscode.window.showTextDocument(uri, { selection: place && new vscode.Range(place, place), preview: false });
	const original = ['6:5 ASYNC251', '10:18 ASYNC251'];
	// revert brings the document back to what the disk has.
	const revert = async (uri: vscode.Uri): Promise<void> => {
		await show(uri);
		await run('workbench.action.files.revert');
	};

	await checks.check('activation', async () => {
		const extension = vscode.extensions.getExtension('aiolens.aiolens')!;
		await show(app);
		await until('the extension to be active', () => extension.isActive);
		await server();
	});

	await checks.check('findings, at the right columns before and behind an emoji', async () => {
		await expectFindings(app, ...original);
		assert.equal(finding(app, 'ASYNC251').severity, vscode.DiagnosticSeverity.Error);
	});

	await checks.check('hover shows the page of the rule', async () => {
		const hovers = await run<vscode.Hover[]>('vscode.executeHoverProvider', app, at(6, 12));
		const text = hovers.flatMap(h => h.contents.map(c => (typeof c === 'string' ? c : c.value))).join('\n');
		assert.match(text, /ASYNC251/);
	});

	await checks.check('related information opens the other file', async () => {
		await show(worker);
		await expectFindings(worker, '6:5 AIO207');
		const last = finding(worker, 'AIO207').relatedInformation!.at(-1)!;
		assert.equal(last.location.uri.path, store.path);
		const editor = await vscode.window.showTextDocument(last.location.uri, { selection: last.location.range });
		assert.match(editor.document.lineAt(editor.selection.start.line).text, /time\.sleep/);
	});

	await checks.check('the chain of calls is shown, and leads to what blocks', async () => {
		await show(worker, at(6, 6));
		const done = run('aiolens.showBlockingChain');
		await sleep(500);
		for (let i = finding(worker, 'AIO207').relatedInformation!.length; i > 0; i--) {
			await run('workbench.action.quickOpenSelectNext');
		}
		await until('the last place', () => vscode.window.visibleTextEditors.some(e => e.document.uri.path === store.path && e.selection.start.line === 8));
		await run('workbench.action.acceptSelectedQuickOpenItem');
		await done;
		assert.equal(vscode.window.activeTextEditor?.document.uri.path, store.path);
	});

	await checks.check('the chain of a function that has no finding itself', async () => {
		await show(store, at(4, 6));
		const done = run('aiolens.showBlockingChain');
		await sleep(700);
		await run('workbench.action.acceptSelectedQuickOpenItem');
		await done;
		assert.equal(vscode.window.activeTextEditor?.selection.active.line, 3);
	});

	await checks.check('code lenses say what blocks, and lead to who gets there', async () => {
		await show(worker);
		const lenses = (uri: vscode.Uri): Thenable<vscode.CodeLens[]> => run('vscode.executeCodeLensProvider', uri, 10);
		assert.deepEqual(await lenses(worker), []);
		await config(worker).update('codeLens.enable', true, vscode.ConfigurationTarget.Workspace);
		await until('a lens', async () => (await lenses(worker)).length === 1);
		assert.equal((await lenses(worker))[0].command?.title, 'blocks the event loop: time.sleep, 2 calls down');
		await show(store);
		const [save] = (await lenses(store)).sort((a, b) => a.range.start.line - b.range.start.line); // they come as they are resolved
		assert.equal(save.command?.title, 'blocks: time.sleep, 1 call down; reached by 1 coroutine');
		const done = run(save.command!.command, ...save.command!.arguments!);
		await sleep(700);
		await run('workbench.action.quickOpenSelectNext');
		await run('workbench.action.acceptSelectedQuickOpenItem');
		await done;
		assert.equal(vscode.window.activeTextEditor?.document.uri.path, worker.path);
		await config(worker).update('codeLens.enable', undefined, vscode.ConfigurationTarget.Workspace);
		await until('no lens', async () => (await lenses(worker)).length === 0);
	});

	await checks.check('statements are put into a timeout, whose seconds can be typed', async () => {
		const editor = await show(app);
		await editor.edit(edit => edit.insert(new vscode.Position(5, 0), '    if True:\n        await look()\n'));
		const selected = new vscode.Range(at(7, 9), at(7, 21));
		const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', app, selected, 'refactor.rewrite', 20);
		const surround = actions.find(a => a.title === 'Surround with a timeout')!;
		assert.ok(surround, actions.map(a => a.title).join());
		await vscode.workspace.applyEdit(surround.edit!);
		await until('the timeout', () => /timeout/.test(editor.document.getText()));
		assert.match(editor.document.getText(), /^        async with asyncio\.timeout\(5\):\n            await look\(\)\n/m);
		assert.equal(editor.document.getText(editor.selection), '5');
		await run('leaveSnippet');
		await revert(app);
		await expectFindings(app, ...original);
	});

	await checks.check('a quick fix is offered and applied', async () => {
		await show(app, at(6, 8));
		const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', app, new vscode.Range(at(6, 8), at(6, 8)), 'quickfix', 20);
		const fix = actions.find(a => a.isPreferred)!;
		assert.ok(fix, actions.map(a => a.title).join());
		await vscode.workspace.applyEdit(fix.edit!);
		await until('one finding to be gone', () => findings(app).length === 1);
		const text = vscode.window.activeTextEditor!.document.getText();
		assert.match(text, /await asyncio\.sleep\(1\)/);
		assert.match(text, /^import asyncio$/m);
		await revert(app);
		await expectFindings(app, ...original);
	});

	await checks.check('a pattern is completed; Tab goes from stop to stop', async () => {
		const editor = await show(app);
		const end = new vscode.Position(5, 0);
		await editor.edit(edit => edit.insert(end, '    aio-gath\n'));
		const here = at(6, 13);
		editor.selection = new vscode.Selection(here, here);
		const list = await run<vscode.CompletionList>('vscode.executeCompletionItemProvider', app, here);
		const item = list.items.find(i => i.label === 'aio-gather');
		if (!item) {
			await revert(app);
			throw new Skip('this server has no patterns');
		}
		assert.match((item.insertText as vscode.SnippetString).value, /\$\{1:/);
		await run('editor.action.triggerSuggest');
		await until('the pattern', async () => {
			await sleep(300);
			await run('acceptSelectedSuggestion');
			return !/aio-gath/.test(editor.document.getText());
		});
		assert.match(editor.document.getText(), /asyncio\.gather\(/);
		const first = editor.selection;
		assert.ok(!first.isEmpty, 'the first stop is selected');
		await run('jumpToNextSnippetPlaceholder');
		assert.ok(!editor.selection.isEqual(first), 'Tab goes on');
		await run('leaveSnippet');
		await revert(app);
	});

	await checks.check('a pattern is offered while it is typed, and not elsewhere', async () => {
		const editor = await show(app);
		// types a line at the end of the first coroutine, and accepts what is offered.
		const type = async (line: string): Promise<string> => {
			await editor.edit(edit => edit.insert(new vscode.Position(6, 0), '    \n'));
			editor.selection = new vscode.Selection(at(7, 5), at(7, 5));
			for (const text of line) {
				await run('type', { text });
			}
			await sleep(1000);
			await run('acceptSelectedSuggestion');
			await sleep(200);
			const text = editor.document.getText();
			await run('leaveSnippet');
			await run('hideSuggestWidget');
			await revert(app);
			return text;
		};
		// At once, the last key is the hyphen, at which no word of Python ends.
		assert.match(await type('aio-'), /async with aclosing\(/);
		assert.match(await type('aio-gath'), /asyncio\.gather\(/);
		assert.match(await type('gather'), /asyncio\.gather\(/);
		assert.match(await type('x = 3 -'), /^    x = 3 -$/m);
		assert.match(await type('note.aio-'), /^    note\.aio-$/m);
		await expectFindings(app, ...original);
	});

	await checks.check('Insert Pattern', async () => {
		const editor = await show(app, new vscode.Position(5, 8));
		const can = await run<vscode.CompletionList>('vscode.executeCompletionItemProvider', app, new vscode.Position(1, 0));
		if (!can.items.some(i => String(i.label).startsWith('aio-'))) {
			throw new Skip('this server has no patterns');
		}
		const before = editor.document.lineCount;
		const done = run('aiolens.insertPattern');
		await until('the preview', () => vscode.window.visibleTextEditors.some(e => e.document.uri.scheme === 'aiolens'));
		await run('workbench.action.acceptSelectedQuickOpenItem');
		await done;
		await until('the pattern', () => editor.document.lineCount > before + 1);
		assert.ok(!vscode.window.visibleTextEditors.some(e => e.document.uri.scheme === 'aiolens'), 'the preview is closed');
		await run('leaveSnippet');
		await revert(app);
		await expectFindings(app, ...original);
	});

	await checks.check('Fix All', async () => {
		await show(app);
		await run('aiolens.fixAll');
		await expectFindings(app);
		await revert(app);
		await expectFindings(app, ...original);
	});

	await checks.check('Explain Rule', async () => {
		await show(app, at(6, 8));
		await run('aiolens.explainRule');
		const labels = (): string[] => vscode.window.tabGroups.all.flatMap(g => g.tabs.map(t => t.label));
		await until('the page', () => labels().some(l => l.includes('ASYNC251.md')));
		await run('workbench.action.closeActiveEditor');
	});

	await checks.check('Print Debug Information', async () => {
		const text = await run<string>('aiolens.debugInformation');
		assert.match(text, /^trusted +true$/m);
		assert.match(text, /^program .*\(of the extension\)$/m);
		assert.ok(text.includes(`folder               ${tools.fsPath}`), text);
		await run('workbench.action.revertAndCloseActiveEditor');
	});

	await checks.check('folders have settings of their own, and their settings files count', async () => {
		await show(script);
		// tools/.vscode/settings.json ignores blocking-sleep, tools/aiolens.toml switches AIO101 off.
		await expectFindings(script, '12:5 ASYNC210');
	});

	await checks.check('settings change without a restart', async () => {
		const pid = await server();
		await show(app);
		await config(app).update('lint.ignore', ['ASYNC251'], vscode.ConfigurationTarget.Workspace);
		await expectFindings(app);
		await config(app).update('lint.ignore', undefined, vscode.ConfigurationTarget.Workspace);
		await expectFindings(app, ...original);
		assert.equal(await server(), pid);
	});

	await checks.check('each setting takes effect at once', async () => {
		const pid = await server();
		const set = async (key: string, value: unknown, effect: () => Promise<boolean> | boolean): Promise<void> => {
			await config().update(key, value, vscode.ConfigurationTarget.Workspace);
			await until(`${key} = ${JSON.stringify(value)}`, effect);
			await config().update(key, undefined, vscode.ConfigurationTarget.Workspace);
			await until(`${key} as it was`, async () => !await effect());
		};
		const editor = await show(app);
		const hovers = async (): Promise<number> => (await run<vscode.Hover[]>('vscode.executeHoverProvider', app, at(6, 12))).length;
		const patterns = async (): Promise<number> => (await run<vscode.CompletionList>('vscode.executeCompletionItemProvider', app, at(2, 1)))
			.items.filter(i => String(i.label).startsWith('aio-')).length;
		const hints = async (): Promise<number> =>
			(await run<vscode.InlayHint[]>('vscode.executeInlayHintProvider', worker, new vscode.Range(0, 0, 9, 0))).length;
		await set('hover.enable', false, async () => await hovers() === 0);
		await set('completion.snippets', false, async () => await patterns() === 0);
		await vscode.workspace.openTextDocument(worker);
		await set('inlayHints', true, async () => await hints() > 0);
		await set('lint.select', ['ASYNC251'], () => findings(worker).length === 0);
		await config().update('lint.select', ['tasks'], vscode.ConfigurationTarget.Workspace);
		await expectFindings(app);
		await set('lint.extendSelect', ['ASYNC251'], () => findings(app).length === 2);
		await config().update('lint.select', undefined, vscode.ConfigurationTarget.Workspace);
		await expectFindings(app, ...original);
		await set('diagnosticMode', 'workspace', () => findings(closed).length === 1);
		await set('overlap', 'quiet', () => findings(app).length === 0);
		assert.equal(editor.document.isDirty, false);
		assert.equal(await server(), pid);
	});

	await checks.check('logFile and trace.server', async () => {
		const log = vscode.Uri.joinPath(service, '..', 'server.log');
		await config().update('logFile', log.fsPath, vscode.ConfigurationTarget.Workspace);
		await config().update('logLevel', 'debug', vscode.ConfigurationTarget.Workspace);
		await until('the log', () => fs.existsSync(log.fsPath) && fs.statSync(log.fsPath).size > 0);
		await config().update('trace.server', 'messages', vscode.ConfigurationTarget.Workspace);
		await run('vscode.executeHoverProvider', app, at(6, 12));
		await config().update('trace.server', undefined, vscode.ConfigurationTarget.Workspace);
		const pid = await server();
		await config().update('logFile', undefined, vscode.ConfigurationTarget.Workspace);
		await config().update('logLevel', undefined, vscode.ConfigurationTarget.Workspace);
		await server(pid);
		await expectFindings(app, ...original);
	});

	await checks.check('enable stops the server and starts it', async () => {
		await config().update('enable', false, vscode.ConfigurationTarget.Workspace);
		await expectFindings(app);
		await until('no server', () => servers().length === 0);
		await config().update('enable', undefined, vscode.ConfigurationTarget.Workspace);
		await expectFindings(app, ...original);
	});

	await checks.check('what concerns the process starts another one', async () => {
		const pid = await server();
		await config().update('logLevel', 'debug', vscode.ConfigurationTarget.Workspace);
		const other = await server(pid);
		await expectFindings(app, ...original);
		await config().update('logLevel', undefined, vscode.ConfigurationTarget.Workspace);
		await server(other);
		await expectFindings(app, ...original);
	});

	await checks.check('restart', async () => {
		const pid = await server();
		await Promise.all([run('aiolens.restart'), run('aiolens.restart'), run('aiolens.restart')]);
		await server(pid);
		await expectFindings(app, ...original);
	});

	await checks.check('all is fixed on save', async () => {
		await vscode.workspace.getConfiguration('editor').update('codeActionsOnSave', { 'source.fixAll.aiolens': 'explicit' }, vscode.ConfigurationTarget.Workspace);
		const editor = await show(app);
		const text = editor.document.getText();
		await editor.edit(edit => edit.insert(new vscode.Position(0, 0), '# touched\n'));
		await until('an analysis', () => findings(app)[0] === '7:5 ASYNC251');
		await editor.document.save();
		await until('the fixes', () => !/time\.sleep/.test(editor.document.getText()));
		assert.match(Buffer.from(await vscode.workspace.fs.readFile(app)).toString(), /await asyncio\.sleep\(2\)/);
		await vscode.workspace.getConfiguration('editor').update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
		await vscode.workspace.fs.writeFile(app, Buffer.from(text));
		await expectFindings(app, ...original);
	});

	await checks.check('a crashed server is started again', async () => {
		const pid = await server();
		process.kill(pid, 'SIGKILL');
		await server(pid);
		await expectFindings(app, ...original);
		await show(app);
		await run('aiolens.fixAll');
		await expectFindings(app);
		await revert(app);
	});

	await checks.check('five crashes are the end, until a restart is asked for', async () => {
		await run('aiolens.restart'); // which forgets the one before
		let pid = 0;
		for (let n = 1; n <= 5; n++) {
			pid = await server(pid).catch(() => { throw new Error(`after crash ${n - 1}, servers are ${servers()}`); });
			process.kill(pid, 'SIGKILL');
		}
		await sleep(3000);
		assert.deepEqual(servers(), []);
		await run('aiolens.restart');
		await expectFindings(app, ...original);
		await run('notifications.showList'); // for the runner
	});
}
