package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server under measurement, on fresh data.
type process struct {
	cmd  *exec.Cmd
	data string
	url  string
	log  bytes.Buffer
	// first is the time from the start to the first answer with status 200.
	first time.Duration
}

// start runs a server and waits until ready answers with 200. args makes its arguments of an address and a data folder.
func start(program, ready string, env []string, args func(addr, data string) []string) (*process, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	data, err := os.MkdirTemp("", "engawa-bench-")
	if err != nil {
		return nil, err
	}
	p := &process{data: data, url: "http://" + addr, cmd: exec.Command(program, args(addr, data)...)}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(data))
	}
	err = until(time.Minute, time.Millisecond, func() (bool, error) {
		answer, err := http.Get(p.url + ready)
		if err != nil {
			return false, nil // not listening yet
		}
		return answer.StatusCode == http.StatusOK, answer.Body.Close()
	})
	p.first = time.Since(began)
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", program, errors.Join(err, p.stop()), p.log.Bytes())
	}
	return p, nil
}

// stop ends the server as an operator would, and removes its data.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return errors.Join(p.cmd.Wait(), os.RemoveAll(p.data))
}

// memory answers the server's resident memory in MiB, or 0 where the system does not tell it as Linux does.
func (p *process) memory() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kib, err := strconv.ParseFloat(strings.Fields(rest + " 0")[0], 64)
	if err != nil {
		return 0
	}
	return kib / 1024
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// until asks every so often until done, or fails after the limit.
func until(limit, every time.Duration, done func() (bool, error)) error {
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(every) {
		if ok, err := done(); ok || err != nil {
			return err
		}
	}
	return fmt.Errorf("not done within %v", limit)
}
