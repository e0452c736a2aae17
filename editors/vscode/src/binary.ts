import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** What decides which program is run. */
export interface Search {
	trusted: boolean;
	path: string[]; // the setting
	strategy: string; // the setting
	interpreters: string[]; // of the environments in question
	folders: string[]; // of the workspace
	extension: string; // the folder of the extension
	searchPath: string; // PATH
}

export interface Binary {
	command: string;
	found: string; // how, for the status item
}

const name = process.platform === 'win32' ? 'aiolens.exe' : 'aiolens';

/** The program to run: undefined when there is none. What was tried in vain is told. */
export function findBinary(search: Search, tell: (text: string) => void): Binary | undefined {
	const bundled = path.join(search.extension, 'bundled', name);
	if (!search.trusted) {
		return take(bundled, 'of the extension; the workspace is not trusted', tell);
	}
	for (const given of search.path) {
		for (const command of expand(given, search.folders)) {
			const found = take(command, 'from the setting aiolens.path', tell);
			if (found) {
				return found;
			}
		}
	}
	if (search.strategy !== 'useBundled') {
		for (const interpreter of search.interpreters) {
			const found = take(path.join(path.dirname(interpreter), name), 'of the Python environment');
			if (found) {
				return found;
			}
		}
		for (const folder of search.searchPath.split(path.delimiter)) {
			// A relative entry would mean a folder of the workspace.
			const found = path.isAbsolute(folder) && take(path.join(folder, name), 'on the PATH');
			if (found) {
				return found;
			}
		}
	}
	return take(bundled, 'of the extension', tell);
}

function take(command: string, found: string, tell?: (text: string) => void): Binary | undefined {
	try {
		if (!fs.statSync(command).isFile()) {
			throw new Error('not a file');
		}
		fs.accessSync(command, fs.constants.X_OK);
		return { command, found };
	} catch (err) {
		tell?.(`${command}: ${err instanceof Error ? err.message : err}`);
		return undefined;
	}
}

/** The paths that a setting means: one for each folder of the workspace if it depends on them. */
export function expand(given: string, folders: string[]): string[] {
	if (given === '~' || given.startsWith('~/') || given.startsWith('~\\')) {
		given = os.homedir() + given.slice(1);
	}
	const variable = '${workspaceFolder}';
	if (given.includes(variable)) {
		return folders.map(folder => path.normalize(given.replaceAll(variable, folder)));
	}
	return path.isAbsolute(given) ? [given] : folders.map(folder => path.join(folder, given));
}

/** The interpreter of a virtual environment in a folder, if there is one. */
export function interpreterIn(folder: string): string | undefined {
	const inside = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
	return ['.venv', 'venv', 'env'].map(env => path.join(folder, env, ...inside)).find(fs.existsSync);
}
