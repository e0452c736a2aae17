#!/usr/bin/env node
// Runs the program, which is in the package of this system.
'use strict';
const { spawn } = require('node:child_process');

const system = `${process.platform}-${process.arch}`;
let program;
try {
	program = require.resolve(`@aiolens/${system}/bin/aiolens${process.platform === 'win32' ? '.exe' : ''}`);
} catch {
	console.error(`aiolens: the package @aiolens/${system} is not installed; either there is none, or optional dependencies were left out`);
	process.exit(2);
}
const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of signals) {
	process.on(signal, () => child.kill(signal));
}
child.on('error', err => {
	console.error(`aiolens: ${err.message}`);
	process.exit(2);
});
child.on('exit', (code, signal) => {
	if (signal) {
		signals.forEach(name => process.removeAllListeners(name));
		process.kill(process.pid, signal);
	} else {
		process.exit(code);
	}
});
