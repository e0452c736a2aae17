// Starts VS Code, runs the suites in its extension host, and takes pictures if asked to; see run.sh.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as path from 'node:path';
import { chromium } from 'playwright-core';
import { cards, pictures, uses } from './pictures.mjs';

const { CHROMIUM, CODE, EXTENSION, SUITE, SCRATCH, PICTURES } = process.env;
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

function write(folder, files) {
	for (const [name, content] of Object.entries(files)) {
		const file = path.join(folder, name);
		fs.mkdirSync(path.dirname(file), { recursive: true });
		fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
	}
	return folder;
}

const app = `import time


async def before() -> None:
    note = "é😀"
    time.sleep(1)


async def behind() -> None:
    note = "😀"; time.sleep(2)
`;

const settings = {
	'chat.disableAIFeatures': true,
	'editor.minimap.enabled': false,
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': false,
	'telemetry.telemetryLevel': 'off',
	'update.mode': 'none',
	'window.restoreWindows': 'none',
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'workbench.startupEditor': 'none',
	'files.autoSave': 'off',
	'git.enabled': false,
	'security.workspace.trust.startupPrompt': 'never',
	'security.workspace.trust.banner': 'never',
};

/** Starts a VS Code of its own. */
async function start(name, port, env, trust) {
	const state = path.join(SCRATCH, `state-${name}`);
	write(state, { 'data/User/settings.json': settings, 'data/Machine/settings.json': {} });
	const log = fs.openSync(path.join(SCRATCH, `${name}.log`), 'w');
	const clean = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(https?|all)_proxy$/i.test(key)));
	const child = spawn(path.join(CODE, 'node/bin/node'), [
		path.join(CODE, 'vscode/out/server-main.js'), '--host', '127.0.0.1', '--port', String(port), '--without-connection-token',
		'--accept-server-license-terms', '--enable-smoke-test-driver', '--user-data-dir', path.join(state, 'data'),
		'--extensions-dir', path.join(state, 'extensions'), '--server-data-dir', path.join(state, 'server'), '--disable-telemetry',
		'--reconnection-grace-time', '1', ...(trust ? ['--disable-workspace-trust'] : []),
	], { stdio: ['ignore', log, log], detached: true, env: { ...clean, ...env, PATH: '/usr/bin:/bin' } });
	const url = `http://127.0.0.1:${port}/`;
	for (let i = 0; ; i++) {
		const up = await new Promise(resolve => http.get(url, answer => resolve(answer.resume())).on('error', () => resolve(false)));
		if (up) {
			break;
		}
		if (i > 200) {
			throw new Error('VS Code does not start');
		}
		await sleep(100);
	}
	return { url, stop: () => { try { process.kill(-child.pid); } catch { /* gone */ } } };
}

/** The address of a workspace, with the extension and maybe a suite to run. */
function address(url, workspace, suite) {
	const remote = file => `vscode-remote://${new URL(url).host}${file}`;
	const payload = [['extensionDevelopmentPath', remote(EXTENSION)], ['skipWelcome', 'true']];
	if (suite) {
		payload.push(['extensionTestsPath', remote(suite)]);
	}
	const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
	return `${url}?${kind}=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

const browser = await chromium.launch({
	executablePath: CHROMIUM,
	args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let failed = false;

async function suite(name, port, workspace, trust, after) {
	const result = path.join(SCRATCH, `${name}.json`);
	const code = await start(name, port, { AIOLENS_SUITE: name, AIOLENS_RESULT: result }, trust);
	const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
	const begun = Date.now();
	try {
		await page.goto(address(code.url, workspace, SUITE));
		while (!fs.existsSync(result) && Date.now() - begun < 200_000) {
			await sleep(100);
		}
		const ended = fs.existsSync(result);
		const results = JSON.parse(fs.readFileSync(ended ? result : `${result}.part`, 'utf8'));
		if (!ended) {
			results.push({ name: 'the suite does not end', ok: false, ms: Date.now() - begun });
		}
		results.push(...(await after?.(page) ?? []));
		for (const r of results) {
			console.log(`${r.ok ? (r.skipped ? 'SKIP' : 'ok  ') : 'FAIL'}  ${r.name}${r.skipped ? `: ${r.skipped}` : ''} (${r.ms} ms)${r.error ? `\n${r.error}` : ''}`);
			failed ||= !r.ok;
		}
		console.log(`${results.every(r => r.ok) ? 'PASS' : 'FAIL'}  vscode ${fs.readFileSync(path.join(CODE, 'complete'), 'utf8').split('\n')[0]}: ${name} (${Date.now() - begun} ms)`);
	} catch (err) {
		failed = true;
		console.log(`FAIL  vscode: ${name}: ${err.stack}`);
		console.log(fs.readFileSync(path.join(SCRATCH, `${name}.log`), 'utf8').split('\n').slice(-20).join('\n'));
	} finally {
		await page.close();
		code.stop();
	}
}

try {
	const project = write(path.join(SCRATCH, 'project'), {
		'all.code-workspace': { folders: [{ path: 'service' }, { path: 'tools' }], settings: {} },
		'service/app.py': app,
		'service/worker.py': 'import store\n\n\nasync def work() -> None:\n    print("on it")\n    store.save()\n',
		'service/store.py': 'import time\n\n\ndef save() -> None:\n    _write()\n\n\ndef _write() -> None:\n    time.sleep(1)\n',
		'service/closed.py': 'import time\n\n\nasync def nap() -> None:\n    time.sleep(1)\n',
		'service/aiolens.toml': '',
		'tools/script.py': 'import time\n\nimport requests\n\n\nasync def look() -> None:\n    time.sleep(1)\n\n\nasync def ask() -> None:\n    look()\n    requests.get("https://example.org")\n',
		'tools/aiolens.toml': 'severity = { AIO101 = "off" }\n',
		'tools/.vscode/settings.json': { 'aiolens.lint.ignore': ['blocking-sleep'] },
	});
	await suite('trusted', 8801, path.join(project, 'all.code-workspace'), true, async page => {
		const center = page.locator('.notifications-center.visible .notification-list-item-message');
		await center.first().waitFor({ timeout: 5000 }).catch(() => undefined);
		const toasts = await center.allInnerTexts();
		const ok = toasts.length === 1 && /crashed 5 times/.test(toasts[0]);
		return [{ name: 'a crash loop is told of once, and nothing else is', ok, ms: 0, error: ok ? undefined : JSON.stringify(toasts) }];
	});

	const marker = 'echo ran >>"$(dirname "$0")/ran"\n';
	const foreign = write(path.join(SCRATCH, 'foreign'), {
		'app.py': app,
		'evil': `#!/bin/sh\n${marker}`,
		'.venv/bin/aiolens': '#!/bin/sh\necho ran >>"$(dirname "$0")/../../ran"\n',
		'.venv/bin/python': '#!/bin/sh\necho ran >>"$(dirname "$0")/../../ran"\n',
		'.vscode/settings.json': { 'aiolens.path': ['${workspaceFolder}/evil'], 'aiolens.interpreter': '${workspaceFolder}/.venv/bin/python', 'aiolens.logFile': '${workspaceFolder}/log' },
	});
	for (const file of ['evil', '.venv/bin/aiolens', '.venv/bin/python']) {
		fs.chmodSync(path.join(foreign, file), 0o755);
	}
	await suite('untrusted', 8802, foreign, false);

	if (PICTURES && !failed) {
		const tour = path.join(SCRATCH, 'tour');
		fs.cpSync(new URL('../../../testdata/tour', import.meta.url), tour, { recursive: true });
		const code = await start('pictures', 8803, {}, true);
		try {
			await pictures(browser, address(code.url, tour), PICTURES);
			const quick = write(path.join(SCRATCH, 'quick'), Object.fromEntries(Object.entries(uses).map(([name, text]) => [`${name}.py`, text])));
			await cards(browser, address(code.url, quick), PICTURES);
		} finally {
			code.stop();
		}
	}
} finally {
	await browser.close();
}
process.exit(failed ? 1 : 0);
