import * as vscode from 'vscode';
import {
	type ClientCapabilities, CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions, RevealOutputChannelOn, type StaticFeature,
} from 'vscode-languageclient/node';
import { type Binary, expand, findBinary } from './binary';
import { Crashes } from './crashes';
import type { Environment } from './environment';
import { explicitSettings, settingNames } from './settings';
import type { Status } from './status';

export interface Channels {
	client: vscode.LogOutputChannel;
	server: vscode.LogOutputChannel;
	trace: vscode.LogOutputChannel;
}

/** The server, from one start to the next. Starts and stops happen one after another. */
export class Session implements vscode.Disposable {
	private client: LanguageClient | undefined;
	private binary: Binary | undefined;
	private queue: Promise<void> = Promise.resolve();
	private readonly crashes = new Crashes();
	private retry: NodeJS.Timeout | undefined;
	private readonly keys: string[];
	private disposed = false;

	constructor(
		private readonly context: vscode.ExtensionContext,
		private readonly environment: Environment,
		private readonly channels: Channels,
		private readonly status: Status,
	) {
		this.keys = settingNames(context.extension);
	}

	/** The client, if its server answers. */
	get running(): LanguageClient | undefined {
		return this.client?.isRunning() ? this.client : undefined;
	}

	/** The program that runs, or would run. */
	async program(): Promise<Binary | undefined> {
		return this.binary ?? (await this.find());
	}

	/** Starts the server, or starts it anew. */
	restart(why: string): Promise<void> {
		this.crashes.forget();
		return this.enqueue(why);
	}

	/** Tells the server that settings may have changed; it asks for them. */
	async settingsChanged(): Promise<void> {
		if (this.wanted() !== (this.client !== undefined)) {
			return this.restart('aiolens.enable has changed');
		}
		await this.running?.sendNotification('workspace/didChangeConfiguration', { settings: {} });
	}

	/** Starts another program if that is what the environments ask for now. */
	async environmentChanged(): Promise<void> {
		const found = await this.find();
		if (found?.command !== this.binary?.command) {
			return this.restart('the environment has changed');
		}
		return this.settingsChanged();
	}

	dispose(): void {
		void this.end();
	}

	/** Stops the server for good. */
	end(): Promise<void> {
		this.disposed = true;
		clearTimeout(this.retry);
		this.queue = this.queue.then(() => this.stop());
		return this.queue;
	}

	private enqueue(why: string): Promise<void> {
		clearTimeout(this.retry);
		this.queue = this.queue.then(async () => {
			if (this.disposed) {
				return;
			}
			this.channels.client.info(`starting: ${why}`);
			await this.stop();
			await this.start();
		}).catch(err => this.channels.client.error(err));
		return this.queue;
	}

	/** Whether any folder wants findings. */
	private wanted(): boolean {
		const folders = vscode.workspace.workspaceFolders ?? [undefined];
		return folders.some(folder => vscode.workspace.getConfiguration('aiolens', folder).get('enable', true));
	}

	private async find(): Promise<Binary | undefined> {
		const config = vscode.workspace.getConfiguration('aiolens');
		const folders = vscode.workspace.workspaceFolders ?? [];
		const interpreters = await Promise.all((folders.length > 0 ? folders : [undefined]).map(folder => this.environment.interpreter(folder)));
		return findBinary({
			trusted: vscode.workspace.isTrusted,
			path: config.get<string[]>('path', []),
			strategy: config.get('importStrategy', 'fromEnvironment'),
			interpreters: interpreters.filter(i => i !== undefined),
			folders: folders.map(folder => folder.uri.fsPath),
			extension: this.context.extensionPath,
			searchPath: process.env.PATH ?? '',
		}, text => this.channels.client.info(`not used: ${text}`));
	}

	private async stop(): Promise<void> {
		const client = this.client;
		this.client = undefined;
		if (!client) {
			return;
		}
		try {
			await client.dispose(2000);
		} catch (err) {
			this.channels.client.warn(`the server did not stop properly: ${err}`);
		}
	}

	private async start(): Promise<void> {
		if (!this.wanted()) {
			this.status.off();
			return;
		}
		this.binary = await this.find();
		if (!this.binary) {
			this.channels.client.error('no program found; see the settings aiolens.path and aiolens.importStrategy');
			this.status.failed('no program found');
			return;
		}
		const { command, found } = this.binary;
		const config = vscode.workspace.getConfiguration('aiolens');
		const args = ['server', '--log-level', config.get('logLevel', 'warn')];
		const logFile = vscode.workspace.isTrusted && config.get<string>('logFile');
		if (logFile) {
			args.push('--log-file', expand(logFile, (vscode.workspace.workspaceFolders ?? []).map(f => f.uri.fsPath))[0] ?? logFile);
		}
		this.channels.client.info(`${command} ${args.join(' ')} (${found})`);
		this.status.starting();
		const begun = Date.now();
		let ended: (err: Error) => void = () => undefined;
		const ending = new Promise<never>((_, reject) => (ended = reject));
		ending.catch(() => undefined);
		const client = new Client(command, args, this.options(() => {
			ended(new Error('it has ended')); // the client itself may wait for its answer for ever
			this.crashed(client);
		}));
		client.registerFeature(withoutCallHierarchy);
		client.registerFeature(hyphens);
		this.client = client;
		const late = setTimeout(() => ended(new Error('it does not answer')), 30_000);
		try {
			await Promise.race([client.start(), ending]);
			clearTimeout(late);
		} catch (err) {
			clearTimeout(late);
			this.channels.client.error(`the server does not start: ${err}`);
			this.crashed(client);
			return;
		}
		const version = client.initializeResult?.serverInfo?.version ?? '';
		this.channels.client.info(`aiolens ${version} answers after ${Date.now() - begun} ms`);
		this.status.running(version, `${command} (${found})`);
	}

	/** Called when the server has ended without being told to. */
	private crashed(client: LanguageClient): void {
		if (this.client !== client || this.disposed) {
			return; // an old one, or known already
		}
		this.client = undefined;
		void client.dispose(0).catch(() => undefined);
		const pause = this.crashes.next(Date.now());
		if (pause !== undefined) {
			this.channels.client.warn('the server has crashed');
			this.status.failed('the server has crashed and is being started again');
			this.retry = setTimeout(() => void this.enqueue('it has crashed'), pause);
			return;
		}
		const message = `The aiolens server has crashed ${Crashes.most} times in ${Crashes.window / 60_000} minutes and is not started again.`;
		this.channels.client.error(message);
		this.status.failed('the server has crashed again and again');
		void vscode.window.showErrorMessage(message, 'Restart', 'Show Logs').then(choice => {
			if (choice === 'Restart') {
				void this.restart('asked for');
			} else if (choice === 'Show Logs') {
				this.channels.server.show();
			}
		});
	}

	private options(closed: () => void): LanguageClientOptions {
		const python = ['file', 'untitled', 'vscode-notebook-cell'].map(scheme => ({ scheme, language: 'python' }));
		return {
			documentSelector: [...python, { scheme: 'file', pattern: '**/{pyproject,aiolens}.toml' }],
			outputChannel: this.channels.server,
			traceOutputChannel: tracing(this.channels.trace),
			revealOutputChannelOn: RevealOutputChannelOn.Never,
			diagnosticCollectionName: 'aiolens',
			initializationFailedHandler: () => false,
			errorHandler: {
				// Writing to a server that has just died fails often; what becomes of it is decided when its end is noticed.
				error: () => ({ action: ErrorAction.Continue, handled: true }),
				closed: () => {
					setTimeout(closed); // when the client has put its things in order
					return { action: CloseAction.DoNotRestart, handled: true };
				},
			},
			middleware: {
				workspace: {
					configuration: params => Promise.all(params.items.map(async item => {
						if (item.section !== 'aiolens') {
							return null;
						}
						const uri = item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri);
						const said = explicitSettings(this.keys, uri);
						const folder = uri ? vscode.workspace.getWorkspaceFolder(uri) : vscode.workspace.workspaceFolders?.[0];
						const interpreter = await this.environment.interpreter(folder);
						return interpreter ? { ...said, interpreter } : said;
					})),
				},
			},
		};
	}
}

/** A client that logs what goes wrong and leaves it to the session to tell the user. */
class Client extends LanguageClient {
	constructor(command: string, args: string[], options: LanguageClientOptions) {
		super('aiolens', 'aiolens', { command, args }, options);
	}

	override error(message: string, data?: unknown): void {
		super.error(message, data, false);
	}
}

/**
 * The server's call hierarchy knows only calls that lead to blocking. Editors show one hierarchy per file, and the type checker's must
 * not give way to it: it is asked for by a command instead.
 */
const withoutCallHierarchy: StaticFeature = {
	fillClientCapabilities: (capabilities: ClientCapabilities) => delete capabilities.textDocument?.callHierarchy,
	initialize: () => undefined,
	getState: () => ({ kind: 'static' }),
	clear: () => undefined,
};

/**
 * The names of patterns have hyphens, where words of Python end: what is typed up to one at a stretch would not be completed. The server does
 * not say so itself, because some editors ask all servers when one of them wants a character.
 */
const hyphens: StaticFeature = {
	fillClientCapabilities: () => undefined,
	preInitialize: capabilities => {
		if (capabilities.completionProvider) {
			capabilities.completionProvider.triggerCharacters = ['-'];
		}
	},
	initialize: () => undefined,
	getState: () => ({ kind: 'static' }),
	clear: () => undefined,
};

/** A channel that shows messages as the setting aiolens.trace.server says, whatever the level of its log. */
function tracing(channel: vscode.LogOutputChannel): vscode.LogOutputChannel {
	return new Proxy(channel, {
		get(target, property) {
			if (property === 'logLevel') {
				const wanted = vscode.workspace.getConfiguration('aiolens').get('trace.server', 'off');
				return wanted === 'off' ? target.logLevel : vscode.LogLevel.Trace;
			}
			if (property === 'trace') {
				return target.info.bind(target);
			}
			const value = Reflect.get(target, property);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}
