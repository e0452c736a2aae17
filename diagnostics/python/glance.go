package python

import "strings"

// glance finds texts that contain one of a few strings. It looks at every other byte only, which costs about half a
// nanosecond a byte, however many strings there are.
type glance struct {
	pairs [1 << 16 / 64]uint64 // which pairs of bytes may belong to a string
	words [256][]anchored      // by the second byte of the pair
}

// anchored is a string that is looked for by the pair of bytes at an offset in it.
type anchored struct {
	word string
	at   int
}

// newGlance looks for the strings, each of three bytes or more. at is the offset of three bytes in each that are seldom
// met in other texts; one of the two pairs among them stands at an even offset, wherever the string does.
func newGlance(at map[string]int) *glance {
	g := &glance{}
	for word, offset := range at {
		for _, i := range []int{offset, offset + 1} {
			pair := uint(word[i])<<8 | uint(word[i+1])
			g.pairs[pair/64] |= 1 << (pair % 64)
			g.words[word[i+1]] = append(g.words[word[i+1]], anchored{word, i})
		}
	}
	return g
}

// in says whether a text contains one of the strings.
func (g *glance) in(src string) bool {
	for i := 0; i+1 < len(src); i += 2 {
		pair := uint(src[i])<<8 | uint(src[i+1])
		if g.pairs[pair/64]&(1<<(pair%64)) == 0 {
			continue
		}
		for _, w := range g.words[src[i+1]] {
			if i >= w.at && strings.HasPrefix(src[i-w.at:], w.word) {
				return true
			}
		}
	}
	return false
}

// asyncGlance finds texts that may hold one of asyncWords.
var asyncGlance = newGlance(map[string]int{
	"async": 0, "await": 0, "trio": 1, "anyio": 1, "uvloop": 0, "create_task": 5, "ensure_future": 5, "call_soon": 3, "call_later": 3,
	"call_at": 3, "add_reader": 2, "add_writer": 2, "add_signal_handler": 2, "run_in_executor": 2, "run_until_complete": 2,
	"aio": 0, "ExceptionGroup": 8, "BaseExceptionGroup": 12, "discord": 1, "httpx": 2, "telegram": 3, "websockets": 1,
})
