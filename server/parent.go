package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// watchParent looks from time to time whether the editor's process is still there: one that was killed may leave the
// pipes to us open in a child of its own, and the server would live on for ever.
func (s *server) watchParent(ctx context.Context) {
	var pid int
	select {
	case pid = <-s.parent:
	case <-ctx.Done():
		return
	}
	process, err := os.FindProcess(pid)
	if err != nil || gone(process) || !s.opts.under(pid) {
		// An editor outside our container has an id that means nothing here. Who speaks through a multiplexer, such as lspmux, did not
		// start us, and others are served when it has gone.
		s.log.Debug("the editor's process did not start this one", "pid", pid)
		return
	}
	defer process.Release()
	tick := time.NewTicker(s.opts.poll)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if gone(process) {
				close(s.orphaned)
				return
			}
		}
	}
}

// gone says whether a process has ended. Where the system cannot tell (Windows; a process of another user) it has not.
func gone(p *os.Process) bool {
	err := p.Signal(syscall.Signal(0))
	return errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH)
}

// under says whether a process has started this one, itself or through others. Where that is not known it has not.
func under(pid int) bool {
	for p := os.Getppid(); p > 0; p = parentOf(p) {
		if p == pid {
			return true
		}
	}
	return false
}

// parentOf is the id of the process that has started another; 0 when it is not known.
func parentOf(pid int) int {
	var text string
	if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil {
		_, text, _ = strings.Cut(string(stat[bytes.LastIndexByte(stat, ')')+1:]), " ") // "12 (name) S 1 ...", and the name may be anything
		_, text, _ = strings.Cut(text, " ")
	} else if out, err := exec.Command("ps", "-o", "ppid=", "-p", strconv.Itoa(pid)).Output(); err == nil {
		text = string(out)
	}
	parent := 0
	fmt.Sscan(text, &parent)
	return parent
}
