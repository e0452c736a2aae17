package server

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// traffic is what an editor says between initialized and shutdown, message by message.
var traffic = []string{
	`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///home/me/a.py","languageId":"python","version":1,"text":"import time\nasync def f():\n    time.sleep(1)\n"}}}`,
	`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///home/me/a.py"},"position":{"line":2,"character":10}}}`,
	`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///home/me/a.py","version":2},"contentChanges":[{"range":{"start":{"line":2,"character":4},"end":{"line":2,"character":8}},"text":"é😀"},{"text":"x = 1\n"}]}}`,
	`{"jsonrpc":"2.0","id":"b","method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///home/me/a.py"},"range":{"start":{"line":0,"character":0},"end":{"line":9,"character":0}},"context":{"diagnostics":[{"range":{"start":{"line":2,"character":4},"end":{"line":2,"character":14}},"code":"ASYNC251","message":"m"}],"only":["quickfix","source.fixAll"]}}}`,
	`{"jsonrpc":"2.0","id":3,"method":"codeAction/resolve","params":{"title":"t","kind":"quickfix","data":1}}`,
	`{"jsonrpc":"2.0","id":4,"method":"textDocument/completion","params":{"textDocument":{"uri":"file:///home/me/a.py"},"position":{"line":3,"character":0},"context":{"triggerKind":1}}}`,
	`{"jsonrpc":"2.0","id":5,"method":"textDocument/inlayHint","params":{"textDocument":{"uri":"file:///home/me/a.py"},"range":{"start":{"line":0,"character":0},"end":{"line":4294967295,"character":0}}}}`,
	`{"jsonrpc":"2.0","id":6,"method":"textDocument/prepareCallHierarchy","params":{"textDocument":{"uri":"file:///home/me/a.py"},"position":{"line":1,"character":10}}}`,
	`{"jsonrpc":"2.0","id":7,"method":"callHierarchy/incomingCalls","params":{"item":{"name":"f","kind":12,"uri":"file:///home/me/a.py","range":{"start":{"line":1,"character":0},"end":{"line":2,"character":0}},"selectionRange":{"start":{"line":1,"character":10},"end":{"line":1,"character":11}}}}}`,
	`{"jsonrpc":"2.0","id":8,"method":"workspace/executeCommand","params":{"command":"aiolens.printDebugInformation","arguments":[]}}`,
	`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":8}}`,
	`{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"verbose"}}`,
	`{"jsonrpc":"2.0","method":"workspace/didChangeConfiguration","params":{"settings":{"aiolens":{"lint":{"select":["ASYNC"],"ignore":["AIO1"]},"enable":true}}}}`,
	`{"jsonrpc":"2.0","method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":"file:///home/me/a.py","type":2}]}}`,
	`{"jsonrpc":"2.0","method":"textDocument/didSave","params":{"textDocument":{"uri":"file:///home/me/a.py"}}}`,
	`{"jsonrpc":"2.0","method":"notebookDocument/didOpen","params":{"notebookDocument":{"uri":"file:///home/me/n.ipynb","notebookType":"jupyter-notebook","version":1,"cells":[{"kind":2,"document":"vscode-notebook-cell:/home/me/n.ipynb#a"}]},"cellTextDocuments":[{"uri":"vscode-notebook-cell:/home/me/n.ipynb#a","languageId":"python","version":1,"text":"import time\nawait x\n"}]}}`,
	`{"jsonrpc":"2.0","method":"notebookDocument/didChange","params":{"notebookDocument":{"uri":"file:///home/me/n.ipynb","version":2},"change":{"cells":{"structure":{"array":{"start":0,"deleteCount":1,"cells":[]},"didClose":[{"uri":"vscode-notebook-cell:/home/me/n.ipynb#a"}]}}}}}`,
	`{"jsonrpc":"2.0","method":"notebookDocument/didClose","params":{"notebookDocument":{"uri":"file:///home/me/n.ipynb"},"cellTextDocuments":[]}}`,
	`{"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///home/me/a.py"}}}`,
	`{"jsonrpc":"2.0","id":1,"result":null}`, `[{"jsonrpc":"2.0","id":9,"method":"textDocument/hover"}]`, `{"id":1.5}`, `null`, `{`, "",
}

// FuzzWire says anything to a server, a message on each line. It lives, and finds what is wrong with a document afterwards.
func FuzzWire(f *testing.F) {
	f.Add(strings.Join(traffic, "\n"))
	for i, message := range traffic {
		f.Add(message)
		f.Add(traffic[0] + "\n" + message + "\n" + traffic[(i+7)%len(traffic)] + "\n" + message)
		f.Add(traffic[0] + "\n" + strings.Replace(message, "1", "-1", 3) + "\n" + strings.Replace(message, "{", "[", 2) + "\n" + strings.ReplaceAll(message, `"file`, `"fi`))
		f.Add(message[:len(message)/2] + "\n" + strings.ReplaceAll(message, `:"`, `:1,"a":"`) + "\n" + strings.ReplaceAll(message, "2", "1e99"))
	}
	f.Fuzz(func(t *testing.T, said string) {
		toServer, in := io.Pipe()
		out, fromServer := io.Pipe()
		done := make(chan error, 1)
		go func() {
			done <- Serve(t.Context(), toServer, fromServer, Options{quiet: time.Millisecond})
			fromServer.Close()
			toServer.CloseWithError(errors.New("the session has ended"))
		}()
		defer out.Close()
		defer in.Close()
		found := make(chan int, 1)
		go func() {
			r := bufio.NewReader(out)
			for {
				var n int
				if _, err := fmt.Fscanf(r, "Content-Length: %d\r\n\r\n", &n); err != nil {
					return
				}
				body := make([]byte, n)
				if _, err := io.ReadFull(r, body); err != nil {
					return
				}
				var m struct {
					Params struct {
						URI         string
						Diagnostics []any
					}
				}
				if json.Unmarshal(body, &m) == nil && m.Params.URI == "untitled:Last" && m.Params.Diagnostics != nil {
					select {
					case found <- len(m.Params.Diagnostics):
					default:
					}
				}
			}
		}()
		ended := false
		say := func(message string) {
			if _, err := fmt.Fprintf(in, "Content-Length: %d\r\n\r\n%s", len(message), message); err != nil {
				ended = true
			}
		}
		say(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{"textDocument":{"publishDiagnostics":{}}}}}`)
		say(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
		for message := range strings.Lines(said) {
			// Not folders of the disk to be read, nor the end.
			if !strings.Contains(message, "olders") && !strings.Contains(message, "shutdown") && !strings.Contains(message, "exit") {
				say(message)
			}
		}
		say(`{"jsonrpc":"2.0","method":"workspace/didChangeConfiguration","params":{"settings":{"aiolens":{}}}}`)
		say(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:Last","languageId":"python","version":1,"text":"import time\nasync def f():\n    time.sleep(1)\n"}}}`)
		select {
		case n := <-found:
			if n != 1 {
				t.Errorf("%d findings", n)
			}
		case err := <-done:
			if !strings.Contains(said, `\u`) { // a way to write "exit"
				t.Fatal("ended: ", err)
			}
			return
		case <-time.After(patience):
			t.Fatal("does not answer any more")
		}
		say(`{"jsonrpc":"2.0","id":"last","method":"shutdown"}`)
		say(`{"jsonrpc":"2.0","method":"exit"}`)
		if err := <-done; err != nil && !ended {
			t.Error(err)
		}
	})
}
