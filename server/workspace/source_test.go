package workspace

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	tests := []struct{ name, data, text, err string }{
		{"utf-8", "x = 'é'\n", "x = 'é'\n", ""},
		{"byte order mark", "\uFEFFx = 1\r\n", "x = 1\r\n", ""},
		{"byte order mark and coding line", "\uFEFF# coding: utf-8\n", "# coding: utf-8\n", ""},
		{"byte order mark and another coding line", "\uFEFF# coding: latin-1\n", "", `f.py:1: the coding line says "latin-1", the byte order mark UTF-8`},
		{"latin-1", "# -*- coding: latin-1 -*-\nx = '\xe9\x85'\n", "# -*- coding: latin-1 -*-\nx = 'é\u0085'\n", ""},
		{"iso-8859-1 for Emacs", "# coding: iso-8859-1-unix\n'\xe9'", "# coding: iso-8859-1-unix\n'é'", ""},
		{"second line", "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'\x80'", "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'€'", ""},
		{"second line after code", "x = 1\n# coding: cp1252\n'\x80'", "", "f.py:3: byte 0x80 at offset 24 is not utf-8"},
		{"third line", "\n\n# coding: cp1252\n'\x80'", "", "f.py:4: byte 0x80 at offset 20 is not utf-8"},
		{"carriage returns", "#\r# coding: cp1252\r'\x80'", "#\r# coding: cp1252\r'€'", ""},
		{"not a comment", "x = 'coding: cp1252'\n'é'", "x = 'coding: cp1252'\n'é'", ""},
		{"koi8-r", "# coding: koi8-r\n'\xf0'", "# coding: koi8-r\n'П'", ""},
		{"KOI8_R", "# coding: KOI8_R\n'\xf0'", "# coding: KOI8_R\n'П'", ""},
		{"iso8859_15", "# coding: iso8859_15\n'\xa4'", "# coding: iso8859_15\n'€'", ""},
		{"latin9", "# coding: latin9\n'\xa4'", "# coding: latin9\n'€'", ""},
		{"iso-8859-9 is not windows-1254", "# coding: iso-8859-9\n'\xfd'", "# coding: iso-8859-9\n'ı'", ""},
		{"cp437", "# coding: cp437\n'\x81'", "# coding: cp437\n'ü'", ""},
		{"cp866", "# coding: cp866\n'\x80'", "# coding: cp866\n'А'", ""},
		{"cp932", "# coding: cp932\n'\x82\xa0'", "# coding: cp932\n'あ'", ""},
		{"sjis", "# coding: sjis\n'\x82\xa0'", "# coding: sjis\n'あ'", ""},
		{"euc-jp", "# coding: euc_jp\n'\xa4\xa2'", "# coding: euc_jp\n'あ'", ""},
		{"iso-2022-jp", "# coding: iso2022_jp\n'\x1b$B$\"\x1b(B'", "# coding: iso2022_jp\n'あ'", ""},
		{"gbk", "# coding: gbk\n'\xc4\xe3'", "# coding: gbk\n'你'", ""},
		{"gb2312", "# coding: gb2312\n'\xc4\xe3'", "# coding: gb2312\n'你'", ""},
		{"big5", "# coding: big5\n'\xa7A'", "# coding: big5\n'你'", ""},
		{"euc-kr", "# coding: euc_kr\n'\xb0\xa1'", "# coding: euc_kr\n'가'", ""},
		{"mac-roman", "# coding: mac-roman\n'\x8e'", "# coding: mac-roman\n'é'", ""},
		{"utf8", "# coding: UTF8\n'é'", "# coding: UTF8\n'é'", ""},
		{"ascii", "# coding: ascii\n'e'", "# coding: ascii\n'e'", ""},
		{"not ascii", "# coding: ascii\n'é'", "", "f.py:2: byte 0xc3 at offset 17 is not ascii"},
		{"unknown", "# coding: klingon\n", "", `f.py:1: unknown encoding "klingon"`},
		{"utf-16", "# coding: utf-16\n", "", `f.py:1: unknown encoding "utf-16"`},
		{"not utf-8", "x = 1\r\ny = '\xff'\r\n", "", "f.py:2: byte 0xff at offset 12 is not utf-8"},
		{"not utf-8 after a byte order mark", "\uFEFF\xff", "", "f.py:1: byte 0xff at offset 3 is not utf-8"},
		{"cut short", "'é"[:2], "", "f.py:1: byte 0xc3 at offset 1 is not utf-8"},
		{"not cp1252", "# coding: cp1252\n'\x81'", "", "f.py:2: byte 0x81 at offset 18 is not cp1252"},
		{"not shift_jis", "# coding: shift_jis\n'a\xff'", "", "f.py:2: byte 0xff at offset 22 is not shift_jis"},
		{"empty", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := NewSource("f.py", []byte(test.data))
			if err != nil || test.err != "" {
				if err == nil || err.Error() != test.err {
					t.Errorf("got  %v\nwant %s", err, test.err)
				}
				return
			}
			if s.Text != test.text {
				t.Errorf("got %q, want %q", s.Text, test.text)
			}
			if data, err := s.Encode(s.Text); err != nil || string(data) != test.data {
				t.Errorf("back: %q %v, want %q", data, err, test.data)
			}
		})
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f.py")
	write(t, path, "# coding: latin-1\r\nx = '\xe9'\r\n")
	if err := os.Chmod(path, 0o750); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.py")
	if err := os.Symlink("f.py", link); err != nil {
		t.Skip(err)
	}
	s, err := Read(link)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(s.Text + "y = '€'\r\n"); err == nil || !strings.Contains(err.Error(), "does not fit in latin-1") {
		t.Error(err)
	}
	if err := s.Write(strings.ToUpper(s.Text[19:])); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(path)
	if string(data) != "X = '\xc9'\r\n" {
		t.Errorf("%q", data)
	}
	if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o750 && runtime.GOOS != "windows" {
		t.Error(info.Mode())
	}
	if err := s.Write("again"); err == nil || !strings.Contains(err.Error(), "has changed meanwhile") {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Error("left behind:", entries)
	}
}

func TestReadErrors(t *testing.T) {
	if _, err := Read(filepath.Join(t.TempDir(), "gone.py")); !os.IsNotExist(err) {
		t.Error(err)
	}
	if _, err := Read(t.TempDir()); err == nil {
		t.Error("a folder was read")
	}
}

func FuzzSource(f *testing.F) {
	f.Add([]byte("# coding: sjis\n'\x82\xa0'"))
	f.Add([]byte("\uFEFF# coding: utf8\r\n\xff"))
	f.Add([]byte("# coding: iso2022_jp\n\x1b$B$\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := NewSource("f.py", data)
		if err != nil {
			return
		}
		if back, err := s.Encode(s.Text); err == nil && s.encoding == nil && string(back) != string(data) {
			t.Errorf("%q -> %q -> %q", data, s.Text, back)
		}
	})
}
