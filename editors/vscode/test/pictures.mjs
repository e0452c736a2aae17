// Takes the pictures of the README, of the example project in testdata/tour. See run.sh.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** The hands on a page of the workbench. Clicks are taken by widgets that lie above: everything is reached with the keyboard. */
function hands(page) {
	const wait = ms => page.waitForTimeout(ms);
	const open = async (file, place) => {
		await page.keyboard.press('Control+P');
		await page.waitForSelector('.quick-input-widget input');
		await page.keyboard.type(file, { delay: 20 });
		await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().waitFor();
		await wait(400);
		await page.keyboard.press('Enter');
		await page.locator('.tab.active', { hasText: file }).waitFor();
		await wait(600);
		await go(place);
	};
	const go = async place => {
		await page.keyboard.press('Control+G');
		await page.waitForSelector('.quick-input-widget input');
		await page.keyboard.type(place, { delay: 20 });
		await wait(200);
		await page.keyboard.press('Enter');
		await wait(500);
	};
	const command = async title => {
		await page.keyboard.press('F1');
		await page.keyboard.type(title, { delay: 20 });
		await page.locator('.quick-input-list .monaco-list-row', { hasText: title.replace(/.*: /, '') }).first().waitFor();
		await wait(400);
		await page.keyboard.press('Enter');
		await wait(900);
	};
	const escape = async () => {
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		await wait(300);
	};
	const ready = async () => {
		await page.waitForSelector('.explorer-folders-view .monaco-list-row');
		await page.waitForSelector('#status\\.problems');
		await page.keyboard.press('Control+B');
		await wait(500);
	};
	return { wait, open, go, command, escape, ready };
}

/** Uses of the names of the quick reference. */
export const uses = {
	'asyncio.gather': 'import asyncio\n\n\nasync def totals(shops):\n    prices = await asyncio.gather(*(load(shop) for shop in shops))\n    return dict(zip(shops, prices))\n',
	'asyncio.Semaphore': 'import asyncio\n\n\nasync def fetch_all(urls):\n    limit = asyncio.Semaphore(10)\n    return await asyncio.gather(*(fetch(url, limit) for url in urls))\n',
	'asyncio.TaskGroup': 'import asyncio\n\n\nasync def overview(user):\n    async with asyncio.TaskGroup() as tg:\n        orders = tg.create_task(load_orders(user))\n        offers = tg.create_task(load_offers(user))\n    return orders.result(), offers.result()\n',
	'asyncio.Queue': 'import asyncio\n\n\nasync def main():\n    jobs = asyncio.Queue(maxsize=100)\n    async with asyncio.TaskGroup() as tg:\n        tg.create_task(produce(jobs))\n        tg.create_task(consume(jobs))\n',
	'asyncio.timeout': 'import asyncio\n\n\nasync def price(sku):\n    async with asyncio.timeout(5):\n        return await fetch_price(sku)\n',
	'asyncio.Lock': 'import asyncio\n\n\nclass Account:\n    def __init__(self):\n        self.lock = asyncio.Lock()\n',
};

/** Takes a picture of the hover over each of the uses, which are files of the open folder, named after their names. */
export async function cards(browser, url, to) {
	const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
	const { wait, open, go, command, escape, ready } = hands(page);
	try {
		await page.goto(url);
		await ready();
		for (const [name, text] of Object.entries(uses)) {
			const before = text.slice(0, text.indexOf(name) + name.length).split('\n');
			const place = `${before.length}:${before.at(-1).length}`;
			await open(`${name}.py`, place);
			await command('Close Other Editors in Group');
			const box = page.locator('.monaco-resizable-hover:visible, .monaco-hover:visible', { hasText: `Snippet` }).first();
			for (let tries = 0; !await box.isVisible(); tries++) { // until the server is ready
				if (tries > 10) {
					throw new Error(`no hover over ${name}`);
				}
				await escape();
				await go(place);
				await command('Show or Focus Hover');
			}
			await wait(400);
			const hover = await box.boundingBox();
			const code = await page.locator('.editor-instance .view-lines').boundingBox();
			const bottom = Math.max(hover.y + hover.height, code.y + (text.split('\n').length - 1) * 19) + 8;
			const left = Math.min(hover.x, code.x) - 8;
			const file = path.join(to, `${name}.png`);
			const whole = path.join(to, 'whole.png');
			await page.screenshot({ path: whole, clip: { x: left, y: code.y, width: hover.x + hover.width + 12 - left, height: bottom - code.y } });
			execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', whole, '-vf', 'split[a][b];[a]palettegen=max_colors=48[p];[b][p]paletteuse=dither=none', file]);
			fs.rmSync(whole);
			console.log(`ok    picture ${name}: ${fs.statSync(file).size} bytes`);
			await escape();
		}
	} catch (err) {
		await page.screenshot({ path: path.join(to, 'failed.png') });
		throw err;
	} finally {
		await page.close();
	}
}

/** Takes the pictures of the example project, and makes a film of them. */
export async function pictures(browser, url, to) {
	const page = await browser.newPage({ viewport: { width: 960, height: 600 } });
	const { wait, open, command, escape, ready } = hands(page);
	const frames = fs.mkdtempSync(path.join(to, 'frames-'));
	let n = 0;
	const shoot = async name => {
		await wait(400);
		await page.screenshot({ path: path.join(to, `${name}.png`) });
		fs.copyFileSync(path.join(to, `${name}.png`), path.join(frames, `${String(++n).padStart(2, '0')}.png`));
		console.log(`ok    picture ${name}`);
	};
	try {
		await page.goto(url);
		await ready();
		await open('worker.py', '51:20');
		await page.waitForSelector('.squiggly-error, .squiggly-warning', { timeout: 30_000 });
		await command('Show or Focus Hover');
		await shoot('squiggle');
		await escape();
		await command('aiolens: Show Blocking Chain');
		await page.keyboard.press('ArrowDown');
		await wait(500);
		await page.keyboard.press('ArrowDown');
		await wait(500);
		await shoot('chain');
		await escape();
		await open('app.py', '64:12');
		await page.keyboard.press('Control+.');
		await page.waitForSelector('.action-widget .monaco-list-row');
		await shoot('lightbulb');
		await escape();
		await open('app.py', '55:30');
		await command('Show or Focus Hover');
		await shoot('hover');
		await escape();
		await open('app.py', '49:99');
		await page.keyboard.press('Enter');
		await page.keyboard.type('aio-', { delay: 60 });
		await wait(1500); // until the server has seen it; then it is asked for in any case
		if (!await page.locator('.suggest-widget.visible').count()) {
			await page.keyboard.press('Control+Space');
		}
		await page.waitForSelector('.suggest-widget.visible .monaco-list-row', { timeout: 8000 }).catch(() => console.log('SKIP  picture suggest: this server has no patterns'));
		await wait(600);
		await page.keyboard.press('Control+Space'); // the details
		await shoot('suggest');
		await escape();
		await command('File: Revert File');
		await page.keyboard.press('Control+Shift+M');
		await page.waitForSelector('.markers-panel .monaco-list-row');
		await shoot('problems');
		execFileSync('ffmpeg', ['-v', 'error', '-y', '-framerate', '0.6', '-i', path.join(frames, '%02d.png'), '-vf',
			'scale=560:-1:flags=lanczos,split[a][b];[a]palettegen=max_colors=16[p];[b][p]paletteuse=dither=none', path.join(to, 'tour.gif')]);
		console.log('ok    picture tour.gif');
	} catch (err) {
		await page.screenshot({ path: path.join(to, 'failed.png') });
		throw err;
	} finally {
		fs.rmSync(frames, { recursive: true });
		await page.close();
	}
}
