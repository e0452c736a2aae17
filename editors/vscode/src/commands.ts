import * as vscode from 'vscode';
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, CompletionItem, CompletionList, Position } from 'vscode-languageclient/node';
import type { Pages } from './pages';
import type { Channels, Session } from './session';
import { plain } from './snippet';
import type { Status } from './status';

/** What the commands need. */
export interface Parts {
	session: Session;
	pages: Pages;
	channels: Channels;
	status: Status;
	extension: vscode.Extension<unknown>;
}

export function commands(parts: Parts): vscode.Disposable[] {
	const { session, channels } = parts;
	const all: Record<string, (...args: never[]) => unknown> = {
		restart: () => session.restart('asked for'),
		showLogs: () => channels.server.show(),
		debugInformation: () => printDebugInformation(parts),
		fixAll: () => fixAll(),
		explainRule: (code?: string) => explainRule(parts, code),
		insertPattern: () => insertPattern(parts),
		// A menu gives the file, a code lens the function.
		showBlockingChain: (uri?: string, position?: Position, direction?: Direction) =>
			showBlockingChain(parts, typeof uri === 'string' && position && direction ? { uri, position, direction } : undefined),
	};
	return Object.entries(all).map(([name, run]) => vscode.commands.registerCommand(`aiolens.${name}`, async (...args: never[]) => {
		try {
			return await run(...args);
		} catch (err) {
			channels.client.error(err as Error);
			void vscode.window.showErrorMessage(`aiolens: ${err instanceof Error ? err.message : err}`);
		}
	}));
}

/** Opens a document with what a bug report should say, and returns its text. */
async function printDebugInformation({ session, status, extension }: Parts): Promise<string> {
	const program = await session.program();
	const lines = [
		`editor               ${vscode.env.appName} ${vscode.version}, ${process.platform}/${process.arch}`,
		`extension            ${extension.packageJSON.version}`,
		`trusted              ${vscode.workspace.isTrusted}`,
		`program              ${program ? `${program.command} (${program.found})` : 'none'}`,
		`status               ${status.text}`,
		'',
	];
	const client = session.running;
	lines.push(client ? await client.sendRequest<string>('workspace/executeCommand', { command: 'aiolens.printDebugInformation' }) : 'The server does not run.');
	const text = lines.join('\n');
	const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: text });
	await vscode.window.showTextDocument(document, { preview: true });
	return text;
}

/** Applies all safe fixes of the file, as on save. */
async function fixAll(): Promise<void> {
	const document = vscode.window.activeTextEditor?.document;
	if (!document) {
		return;
	}
	const whole = new vscode.Range(0, 0, document.lineCount, 0);
	const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
		'vscode.executeCodeActionProvider', document.uri, whole, 'source.fixAll.aiolens', 1);
	const edit = actions?.find(action => action.edit)?.edit;
	if (edit) {
		await vscode.workspace.applyEdit(edit);
	} else {
		vscode.window.setStatusBarMessage('aiolens: nothing to fix', 3000);
	}
}

function codeOf(diagnostic: vscode.Diagnostic): string {
	const code = diagnostic.code;
	return String(typeof code === 'object' ? code.value : (code ?? ''));
}

/** The findings where the cursor is: those that touch it, else those of its line. */
function findingsHere(): vscode.Diagnostic[] {
	const editor = vscode.window.activeTextEditor;
	if (!editor) {
		return [];
	}
	const here = editor.selection.active;
	const ours = vscode.languages.getDiagnostics(editor.document.uri).filter(d => d.source === 'aiolens');
	const touched = ours.filter(d => d.range.contains(here));
	return touched.length > 0 ? touched : ours.filter(d => d.range.start.line <= here.line && here.line <= d.range.end.line);
}

/** Shows the page of a rule: the one of the finding here, if there is only one, else one of the user's choice. */
async function explainRule({ pages }: Parts, code?: string): Promise<void> {
	const here = [...new Set(findingsHere().map(codeOf))];
	if (typeof code !== 'string') {
		code = here.length === 1 ? here[0] : await chooseRule(pages, here);
	}
	if (code === undefined) {
		return;
	}
	const uri = pages.put(`/${code}.md`, await pages.print('rule', code));
	await vscode.commands.executeCommand('markdown.showPreview', uri);
}

async function chooseRule(pages: Pages, first: string[]): Promise<string | undefined> {
	const items = (await pages.print('rule')).trim().split('\n').map(line => {
		const [label, description, level, ...summary] = line.split(/ {2,}/);
		return { label, description: `${description} · ${level}`, detail: summary.join('  ') };
	});
	items.sort((a, b) => Number(first.includes(b.label)) - Number(first.includes(a.label)));
	const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'A rule to explain', matchOnDescription: true, matchOnDetail: true });
	return chosen?.label;
}

/** Inserts one of the patterns that fit at the cursor; the code of the selected one is shown beside. */
async function insertPattern({ session, pages }: Parts): Promise<void> {
	const editor = vscode.window.activeTextEditor;
	const client = session.running;
	if (!editor || !client) {
		throw new Error('the server does not run');
	}
	let added = false;
	if (!editor.document.lineAt(editor.selection.active.line).isEmptyOrWhitespace) {
		await vscode.commands.executeCommand('editor.action.insertLineAfter');
		added = true;
	}
	const undo = async (): Promise<void> => {
		await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn });
		if (added) {
			await vscode.commands.executeCommand('undo');
		}
	};
	const at = editor.selection.active;
	const answer = await client.sendRequest<CompletionList | CompletionItem[] | null>('textDocument/completion',
		client.code2ProtocolConverter.asTextDocumentPositionParams(editor.document, at));
	const found = (Array.isArray(answer) ? answer : (answer?.items ?? [])).filter(item => item.label.startsWith('aio-'));
	if (found.length === 0) {
		await undo();
		throw new Error('no pattern fits here');
	}
	const items = found.map(item => ({ label: item.label, description: item.detail, item }));
	const chosen = await pick(items, 'A pattern to insert', async ({ item }) => {
		const edit = item.textEdit && 'newText' in item.textEdit ? item.textEdit.newText : (item.insertText ?? '');
		const text = item.insertTextFormat === 2 ? plain(edit) : edit;
		const imports = (item.additionalTextEdits ?? []).map(e => e.newText.trim()).filter(t => t !== '');
		const uri = pages.put(`/${item.label}.py`, [...imports, ...(imports.length > 0 ? [''] : []), text].join('\n') + '\n');
		await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
	});
	await closePages();
	if (!chosen) {
		await undo();
		return;
	}
	const shown = await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn });
	const converter = client.protocol2CodeConverter;
	const { textEdit, additionalTextEdits = [] } = chosen.item;
	if (!textEdit || !('range' in textEdit)) {
		return;
	}
	const range = converter.asRange(textEdit.range);
	const imports = new vscode.WorkspaceEdit();
	let down = 0;
	for (const edit of additionalTextEdits) {
		imports.replace(editor.document.uri, converter.asRange(edit.range), edit.newText);
		if (edit.range.end.line < range.start.line) {
			down += edit.newText.split('\n').length - 1 - (edit.range.end.line - edit.range.start.line);
		}
	}
	if (additionalTextEdits.length > 0) {
		await vscode.workspace.applyEdit(imports);
	}
	const target = new vscode.Range(range.start.translate(down), range.end.translate(down));
	await shown.insertSnippet(new vscode.SnippetString(textEdit.newText), target, { undoStopBefore: false, undoStopAfter: true });
}

async function closePages(): Promise<void> {
	const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
	await vscode.window.tabGroups.close(tabs.filter(tab =>
		tab.input instanceof vscode.TabInputText && tab.input.uri.scheme === 'aiolens' && tab.input.uri.path.endsWith('.py')));
}

/** A quick pick that shows something for the item that is selected. */
function pick<T extends vscode.QuickPickItem>(items: T[], placeholder: string, show: (item: T) => Promise<void>): Promise<T | undefined> {
	const list = vscode.window.createQuickPick<T>();
	Object.assign(list, { items, placeholder, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true });
	return new Promise(resolve => {
		let showing = Promise.resolve();
		let wanted: T | undefined;
		list.onDidChangeActive(([item]) => {
			wanted = item;
			showing = showing.then(async () => {
				if (item && wanted === item) {
					await show(item);
				}
			}).catch(() => undefined);
		});
		let chosen: T | undefined;
		list.onDidAccept(() => {
			chosen = list.selectedItems[0];
			list.hide();
		});
		list.onDidHide(() => {
			wanted = undefined;
			list.dispose();
			void showing.then(() => resolve(chosen));
		});
		list.show();
	});
}

interface Step extends vscode.QuickPickItem {
	location: vscode.Location;
}

type Direction = 'outgoing' | 'incoming';

/** A function, as a code lens names it, and whether what it calls is wanted or who calls it. */
interface Place {
	uri: string;
	position: Position;
	direction: Direction;
}

/**
 * Shows the calls from here to what blocks the event loop: those of the finding here, else those of the function here. Of a code lens,
 * those of its function, or those that lead to it.
 */
async function showBlockingChain(parts: Parts, lens?: Place): Promise<void> {
	const shown = lens && vscode.window.visibleTextEditors.find(e => e.document.uri.toString() === vscode.Uri.parse(lens.uri).toString());
	const editor = shown ?? vscode.window.activeTextEditor;
	if (!editor) {
		return;
	}
	const steps = lens ? await chainOfFunction(parts, lens) : (chainOfFinding(editor) ?? (await chainOfFunction(parts, placeOf(parts, editor))));
	if (!steps) {
		throw new Error(lens?.direction === 'incoming' ? 'nobody is known to get here' : 'nothing is known to block here');
	}
	const back = editor.selection;
	const title = lens?.direction === 'incoming' ? 'The ways to this function' : 'The way to what blocks';
	const chosen = await pick(steps, title, async step => {
		await vscode.window.showTextDocument(step.location.uri, { selection: step.location.range, preserveFocus: true, preview: true });
	});
	const target = chosen?.location ?? new vscode.Location(editor.document.uri, back);
	await vscode.window.showTextDocument(target.uri, { selection: target.range });
}

function step(label: string, location: vscode.Location, icon: string): Step {
	const place = `${vscode.workspace.asRelativePath(location.uri)}:${location.range.start.line + 1}`;
	return { label: `$(${icon}) ${label}`, description: place, location };
}

function chainOfFinding(editor: vscode.TextEditor): Step[] | undefined {
	const finding = findingsHere().find(d => d.relatedInformation && d.relatedInformation.length > 0);
	if (!finding?.relatedInformation) {
		return undefined;
	}
	const first = step(finding.message, new vscode.Location(editor.document.uri, finding.range), 'warning');
	const rest = finding.relatedInformation.map((info, i, all) => step(info.message, info.location, i + 1 < all.length ? 'arrow-down' : 'debug-stop'));
	return [first, ...rest];
}

function running({ session }: Parts): NonNullable<Session['running']> {
	if (!session.running) {
		throw new Error('the server does not run');
	}
	return session.running;
}

function placeOf(parts: Parts, editor: vscode.TextEditor): Place {
	const here = running(parts).code2ProtocolConverter.asTextDocumentPositionParams(editor.document, editor.selection.active);
	return { uri: here.textDocument.uri, position: here.position, direction: 'outgoing' };
}

async function chainOfFunction(parts: Parts, { uri, position, direction }: Place): Promise<Step[] | undefined> {
	const client = running(parts);
	const roots = await client.sendRequest<CallHierarchyItem[] | null>('textDocument/prepareCallHierarchy', { textDocument: { uri }, position });
	const located = (item: CallHierarchyItem): vscode.Location =>
		new vscode.Location(client.protocol2CodeConverter.asUri(item.uri), client.protocol2CodeConverter.asRange(item.selectionRange));
	const next = async (item: CallHierarchyItem, depth: number): Promise<CallHierarchyItem[]> => {
		if (direction === 'outgoing') {
			return ((await client.sendRequest<CallHierarchyOutgoingCall[] | null>('callHierarchy/outgoingCalls', { item })) ?? []).map(call => call.to);
		}
		if (depth > 0 && item.detail === 'coroutine function') {
			return []; // whoever awaits it waits, and does not block
		}
		return ((await client.sendRequest<CallHierarchyIncomingCall[] | null>('callHierarchy/incomingCalls', { item })) ?? []).map(call => call.from);
	};
	const steps: Step[] = [];
	const seen = new Set<string>();
	const walk = async (item: CallHierarchyItem, depth: number): Promise<void> => {
		const key = `${item.uri} ${item.name} ${item.selectionRange.start.line}`;
		if (seen.has(key) || steps.length > 50) {
			return;
		}
		seen.add(key);
		const calls = await next(item, depth);
		const shown = step(item.name, located(item), calls.length > 0 ? 'arrow-down' : 'debug-stop');
		steps.push({ ...shown, label: '\u2003'.repeat(depth) + shown.label, detail: item.detail && '\u2003'.repeat(depth) + item.detail });
		for (const call of calls) {
			await walk(call, depth + 1);
		}
	};
	for (const root of roots ?? []) {
		await walk(root, 0);
	}
	return steps.length > 1 ? steps : undefined;
}
