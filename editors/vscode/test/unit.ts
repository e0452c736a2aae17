// What needs no editor: `npm test`.
import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { expand, findBinary, interpreterIn, type Search } from '../src/binary';
import { Crashes } from '../src/crashes';
import { plain } from '../src/snippet';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'aiolens-unit-'));
after(() => fs.rmSync(scratch, { recursive: true }));

function program(...parts: string[]): string {
	const file = path.join(scratch, ...parts);
	fs.mkdirSync(path.dirname(file), { recursive: true });
	fs.writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
	return file;
}

const posix = { skip: process.platform === 'win32' && 'names of programs differ' };

test('the order in which programs are looked for', posix, () => {
	const bundled = program('extension', 'bundled', 'aiolens');
	const search: Search = {
		trusted: true, path: [], strategy: 'fromEnvironment', interpreters: [], folders: [path.join(scratch, 'ws')],
		extension: path.join(scratch, 'extension'), searchPath: `relative${path.delimiter}${path.join(scratch, 'nothing')}`,
	};
	const told: string[] = [];
	const find = (change: Partial<Search>) => findBinary({ ...search, ...change }, text => told.push(text))?.command;

	assert.equal(find({}), bundled);
	const onPath = program('bin', 'aiolens');
	const searchPath = path.dirname(onPath);
	assert.equal(find({ searchPath }), onPath);
	const inVenv = program('ws', '.venv', 'bin', 'aiolens');
	const interpreters = [path.join(scratch, 'ws', '.venv', 'bin', 'python')];
	assert.equal(find({ searchPath, interpreters }), inVenv);
	assert.equal(find({ searchPath, interpreters, strategy: 'useBundled' }), bundled);
	const own = program('ws', 'tools', 'own');
	assert.deepEqual(told, []);
	assert.equal(find({ searchPath, path: ['/nowhere/aiolens', '${workspaceFolder}/tools/own'] }), own);
	assert.match(told[0], /^\/nowhere\/aiolens: ENOENT/);
	assert.equal(find({ path: ['tools/own'] }), own);
	assert.equal(find({ path: ['tools'] }), bundled, 'a folder is no program');
	assert.equal(find({ trusted: false, path: [own], searchPath, interpreters }), bundled, 'an untrusted workspace names no programs');
	assert.equal(find({ trusted: false, extension: path.join(scratch, 'none'), searchPath, interpreters }), undefined);
});

test('paths of settings', posix, () => {
	assert.deepEqual(expand('~/x', ['/a']), [path.join(os.homedir(), 'x')]);
	assert.deepEqual(expand('${workspaceFolder}/x', ['/a', '/b']), ['/a/x', '/b/x']);
	assert.deepEqual(expand('/x', []), ['/x']);
	assert.deepEqual(expand('x', []), []);
});

test('the interpreter of a virtual environment', posix, () => {
	assert.equal(interpreterIn(path.join(scratch, 'empty')), undefined);
	const python = program('project', 'venv', 'bin', 'python');
	assert.equal(interpreterIn(path.join(scratch, 'project')), python);
});

test('five crashes in three minutes are the end', () => {
	const crashes = new Crashes();
	assert.deepEqual([0, 1, 2, 3, 4].map(t => crashes.next(t * 1000)), [100, 200, 400, 800, undefined]);
	crashes.forget();
	assert.equal(crashes.next(6000), 100);
	for (let t = 0; t < 20; t++) {
		assert.notEqual(crashes.next(100_000 + t * 50_000), undefined, 'one every fifty seconds is tolerated');
	}
});

test('the text of a snippet', () => {
	const cases: Record<string, string> = {
		'plain': 'plain',
		'await asyncio.gather(${1:first()}, ${2:second()})$0': 'await asyncio.gather(first(), second())',
		'${1:a${2:b}c}': 'abc',
		'${1|one,two|} = $1': 'one = ',
		'\\$1 \\} {x}': '$1 } {x}',
		'f"{${1:x}}"': 'f"{x}"',
		'cost $ 5': 'cost $ 5',
		'${TM_FILENAME}': '',
	};
	for (const [snippet, want] of Object.entries(cases)) {
		assert.equal(plain(snippet), want, snippet);
	}
});
