// Takes the pictures of the README, of the example project in testdata/tour. See run.sh.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

export async function pictures(browser, url, to) {
	const page = await browser.newPage({ viewport: { width: 960, height: 600 } });
	const frames = fs.mkdtempSync(path.join(to, 'frames-'));
	let n = 0;
	const wait = ms => page.waitForTimeout(ms);
	const shoot = async name => {
		await wait(400);
		await page.screenshot({ path: path.join(to, `${name}.png`) });
		fs.copyFileSync(path.join(to, `${name}.png`), path.join(frames, `${String(++n).padStart(2, '0')}.png`));
		console.log(`ok    picture ${name}`);
	};
	// Clicks are taken by widgets that lie above: everything is reached with the keyboard.
	const open = async (file, place) => {
		await page.keyboard.press('Control+P');
		await page.waitForSelector('.quick-input-widget input');
		await page.keyboard.type(file, { delay: 20 });
		await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().waitFor();
		await wait(400);
		await page.keyboard.press('Enter');
		await page.locator('.tab.active', { hasText: file }).waitFor();
		await wait(600);
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
	try {
		await page.goto(url);
		await page.waitForSelector('.explorer-folders-view .monaco-list-row');
		await page.waitForSelector('#status\\.problems');
		await page.keyboard.press('Control+B');
		await wait(500);
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
