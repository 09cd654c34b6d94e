package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"github.com/engawa/engawa/internal/text"
)

// What one document may cost.
const (
	maxTime   = 30 * time.Second
	maxMemory = 768 << 20 // bytes
	lookEvery = 20 * time.Millisecond
)

// variable marks the process that reads a document. It is this very program, started once more.
const variable = "ENGAWA_READ_DOCUMENT"

// quickEnd keeps the race detector, in programs that are built with it, from lingering for a second after each document.
const quickEnd = "GORACE=atexit_sleep_ms=0"

// The program reads a document instead of doing what it is for, before anything else of it begins: so there is no
// command to be found and misused, and it works in any program that the package is part of.
func init() {
	if os.Getenv(variable) != "" {
		os.Exit(child(os.Stdin, os.Stdout))
	}
}

// ErrUnreadable is why a document has no words: it is broken, locked, or costs too much to read.
var ErrUnreadable = errors.New("extract: the document cannot be read")

// Words returns the text of a document, at most MaxWords of it: "" when it has none. It is UTF-8 without U+0000.
//
// Errors: ErrUnreadable; what starting a process or ctx says.
func Words(ctx context.Context, document *os.File) (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("extract: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = []string{variable + "=1", quickEnd} // nothing of ours: no password, no address
	cmd.Dir = os.TempDir()
	cmd.Stdin, cmd.Stdout = document, &capped{&out, MaxWords}
	err = cmd.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return "", fmt.Errorf("%w: %v", ErrUnreadable, ended)
	}
	if err != nil {
		return "", fmt.Errorf("extract: %w", err)
	}
	return text.Keep(out.String()), nil // whatever became of that process
}

// capped takes no more than room bytes and pretends to take the rest.
type capped struct {
	w    io.Writer
	room int
}

func (c *capped) Write(p []byte) (int, error) {
	n := min(len(p), c.room)
	c.room -= n
	if _, err := c.w.Write(p[:n]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// child reads the document that is the process's input and writes its words.
func child(in *os.File, out io.Writer) int {
	debug.SetMemoryLimit(maxMemory / 2)
	go watch()
	info, err := in.Stat()
	if err != nil {
		return 1
	}
	var words sink
	if err := read(in, info.Size(), &words); err != nil && words.Len() == 0 {
		return 1
	}
	if _, err := io.WriteString(out, words.String()); err != nil {
		return 1
	}
	return 0
}

// watch ends the process when it takes too much memory.
func watch() {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	for range time.Tick(lookEvery) {
		if metrics.Read(sample); sample[0].Value.Uint64() > maxMemory {
			os.Exit(2)
		}
	}
}
