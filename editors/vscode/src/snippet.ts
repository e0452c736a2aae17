/** The text of a snippet before anything is typed into it. */
export function plain(snippet: string): string {
	let at = 0;
	const until = (end: string): string => {
		let text = '';
		while (at < snippet.length && !end.includes(snippet[at])) {
			const c = snippet[at++];
			if (c === '\\' && at < snippet.length) {
				text += snippet[at++];
			} else if (c === '$') {
				text += field();
			} else {
				text += c;
			}
		}
		return text;
	};
	const field = (): string => {
		const number = /^\d+/.exec(snippet.slice(at));
		if (number) {
			at += number[0].length;
			return '';
		}
		const head = /^\{(\w+)([:|}])/.exec(snippet.slice(at));
		if (!head) {
			return '$';
		}
		at += head[0].length;
		if (head[2] === '}') {
			return '';
		}
		if (head[2] === ':') {
			const text = until('}');
			at++;
			return text;
		}
		const first = until(',|');
		at = snippet.indexOf('|}', at) + 2;
		return first;
	};
	return until('');
}
