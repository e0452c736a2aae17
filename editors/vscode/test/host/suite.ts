// Runs inside the extension host; see ../run.sh. The result is a file, for the runner has no other way to learn it.
import * as fs from 'node:fs';
import { trusted } from './trusted';
import { untrusted } from './untrusted';
import { Checks } from './checks';

export async function run(): Promise<void> {
	const result = process.env.AIOLENS_RESULT!;
	const checks = new Checks(`${result}.part`);
	try {
		await (process.env.AIOLENS_SUITE === 'untrusted' ? untrusted(checks) : trusted(checks));
	} catch (err) {
		checks.fail('the suite', err);
	}
	fs.renameSync(`${result}.part`, result);
}
