package server

import (
	"context"
	"errors"
	"os"
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
	if err != nil || gone(process) {
		// An editor outside our container has an id that means nothing here.
		s.log.Debug("the editor's process is not visible", "pid", pid)
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
