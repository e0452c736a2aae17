package workspace

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// A DecodeError says where a file is not what its encoding allows.
type DecodeError struct {
	Path     string
	Line     int    // from 1
	Offset   int    // in bytes, from 0
	Byte     byte   // at the offset
	Encoding string // as the file calls it; "utf-8" when it calls it nothing
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("%s:%d: byte 0x%02x at offset %d is not %s", e.Path, e.Line, e.Byte, e.Offset, e.Encoding)
}

// Source: docs.python.org/3/reference/lexical_analysis.html#encoding-declarations and PEP 263.
var (
	codingLine = Regexp(`^[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)`)
	blankLine  = Regexp(`^[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n)`)
)

// declared is the encoding that one of the first two lines names, as it is written there, and that line, from 1; ""
// when none does.
func declared(data []byte) (name string, line int) {
	head := data[:min(len(data), 1024)]
	for line = 1; line <= 2; line++ {
		if m := codingLine().FindSubmatch(head); m != nil {
			return string(m[1]), line
		}
		blank := blankLine().Find(head)
		if blank == nil {
			break
		}
		head = head[len(blank):]
	}
	return "", 0
}

// aliases are names of Python's that the registries of IANA and WHATWG do not know, or know as something else, in
// lower case with "-" for "_". Source: docs.python.org/3/library/codecs.html#standard-encodings.
var aliases = map[string]string{
	"utf8": "utf-8", "u8": "utf-8", "utf": "utf-8", "utf8-ucs2": "utf-8", "utf8-ucs4": "utf-8", "cp65001": "utf-8",
	"ascii": "us-ascii", "646": "us-ascii",
	"latin-1": "iso-8859-1", "latin": "iso-8859-1", "8859": "iso-8859-1", "cp819": "iso-8859-1", "iso-latin-1": "iso-8859-1",
	"latin9": "iso-8859-15", "l9": "iso-8859-15", "latin10": "iso-8859-16", "l10": "iso-8859-16",
	"932": "shift_jis", "cp932": "shift_jis", "ms932": "shift_jis", "mskanji": "shift_jis", "ms-kanji": "shift_jis",
	"sjis": "shift_jis", "s-jis": "shift_jis", "shift-jis": "shift_jis", "ujis": "euc-jp", "u-jis": "euc-jp", "eucjp": "euc-jp",
	"936": "gbk", "cp936": "gbk", "ms936": "gbk", "euccn": "gbk", "euc-cn": "gbk", "eucgb2312-cn": "gbk", "gb18030-2000": "gb18030",
	"949": "euc-kr", "cp949": "euc-kr", "ms949": "euc-kr", "uhc": "euc-kr", "euckr": "euc-kr",
	"950": "big5", "cp950": "big5", "ms950": "big5", "big5hkscs": "big5-hkscs", "hkscs": "big5-hkscs",
	"macroman": "macintosh", "mac-roman": "macintosh", "maccyrillic": "x-mac-cyrillic", "mac-cyrillic": "x-mac-cyrillic",
	"iso2022-jp": "iso-2022-jp", "iso2022jp": "iso-2022-jp", "koi8r": "koi8-r", "koi8u": "koi8-u",
	"tis620": "windows-874", "tis-620": "windows-874", "cp874": "windows-874",
}

var (
	isoName = Regexp(`^iso-?8859-?(\d+)(?:-.*)?$`)
	winName = Regexp(`^(?:cp|windows-?)?(125\d)$`)
	ibmName = Regexp(`^(?:cp|ibm)?(\d{3,4})$`)
)

// canonical is the name in the registries for a name of Python's.
func canonical(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	for _, suffix := range []string{"-unix", "-dos", "-mac"} { // as Emacs writes line ends
		name = strings.TrimSuffix(name, suffix)
	}
	if alias, ok := aliases[name]; ok {
		return alias
	}
	for _, family := range []struct {
		name   func() *regexp.Regexp
		prefix string
	}{{isoName, "iso-8859-"}, {winName, "windows-"}, {ibmName, "ibm"}} {
		if m := family.name().FindStringSubmatch(name); m != nil {
			return family.prefix + m[1]
		}
	}
	return name
}

// codec finds an encoding; nil stands for UTF-8, false for one that is unknown or that Python does not allow.
func codec(name string) (encoding.Encoding, bool) {
	name = canonical(name)
	switch {
	case name == "utf-8" || strings.HasPrefix(name, "utf-8-"):
		return nil, true
	case strings.HasPrefix(name, "utf-16"), strings.HasPrefix(name, "utf-32"), name == "replacement", name == "x-user-defined":
		return nil, false
	}
	if enc, err := ianaindex.IANA.Encoding(name); err == nil && enc != nil {
		return enc, true
	}
	enc, err := htmlindex.Get(name)
	return enc, err == nil
}

// decode converts data. The offset is that of the first byte that cannot be; -1 when all can.
func decode(data []byte, enc encoding.Encoding) (text []byte, offset int) {
	if enc == nil {
		return data, invalid(data)
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err == nil && !strings.ContainsRune(string(text), utf8.RuneError) {
		return text, -1
	}
	// The decoders of x/text put U+FFFD where they fail and do not say where that was.
	room := make([]byte, 4*len(data)+16)
	return nil, sort.Search(len(data)-1, func(n int) bool {
		written, _, _ := enc.NewDecoder().Transform(room, data[:n+1], false)
		return strings.ContainsRune(string(room[:written]), utf8.RuneError)
	})
}

// invalid is the offset of the first byte that is not UTF-8; -1 when all are.
func invalid(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
