// Command gotest runs "go test" with the arguments it is given and shows only what failed.
//
//	[GOTEST_COUNTS=FILE] gotest ARGUMENTS…
//
// It ends with a line of totals and writes them to FILE, as three numbers: passed, failed, skipped.
// A test with subtests counts as its subtests; a package that did not build, or died, counts as one failure.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// event is one line of test2json ("go doc test2json").
type event struct {
	Action, Package, ImportPath, Test, Output string
}

// test names one test; Name is empty for the package itself.
type test struct{ Package, Name string }

// report is what is known of a run so far.
type report struct {
	output  map[test][]string // not yet known to be worth showing
	results map[test]string   // pass, fail or skip
	parents map[test]bool     // tests that have subtests
}

func main() {
	ok, err := run(os.Args[1:], os.Getenv("GOTEST_COUNTS"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

// run reports whether every test passed.
func run(args []string, countsFile string) (ok bool, err error) {
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return false, err
	}
	if err := cmd.Start(); err != nil {
		return false, err
	}
	r := report{map[test][]string{}, map[test]string{}, map[test]bool{}}
	if err := r.read(out); err != nil {
		return false, err
	}
	exit := cmd.Wait()
	passed, failed, skipped := r.counts()
	if exit != nil && failed == 0 {
		failed = 1 // a failure that is no test's, such as a bad flag
	}
	if countsFile != "" {
		line := fmt.Sprintln(passed, failed, skipped)
		if err := os.WriteFile(countsFile, []byte(line), 0o644); err != nil {
			return false, err
		}
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	return failed == 0, nil
}

// read follows the events, and prints the output of each test as it fails.
func (r *report) read(in io.Reader) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) != nil {
				fmt.Print(line) // not an event: the go command itself speaks
			} else {
				r.add(e)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (r *report) add(e event) {
	t := test{cmp.Or(e.Package, e.ImportPath), e.Test}
	switch e.Action {
	case "run":
		if i := strings.LastIndexByte(e.Test, '/'); i > 0 {
			r.parents[test{e.Package, e.Test[:i]}] = true
		}
	case "output", "build-output":
		r.output[t] = append(r.output[t], e.Output)
	case "build-fail": // the packages that needed it fail too, and are counted
		fmt.Print(strings.Join(r.output[t], ""))
	case "fail":
		if t.Name == "" {
			r.printUnfinished(t.Package)
		}
		fmt.Print(strings.Join(r.output[t], ""))
		fallthrough
	case "pass", "skip":
		delete(r.output, t)
		r.results[t] = e.Action
	}
}

// printUnfinished prints what the tests said that were running when the package died, as in a time-out.
func (r *report) printUnfinished(pkg string) {
	for t, output := range r.output {
		if t.Package == pkg && t.Name != "" {
			fmt.Print(strings.Join(output, ""))
		}
	}
}

// counts counts the tests without subtests, and what failed without a failed test inside it.
func (r *report) counts() (passed, failed, skipped int) {
	blamed := map[test]bool{} // packages and parents whose failure is a failed test of theirs
	for t, result := range r.results {
		if result != "fail" || t.Name == "" {
			continue
		}
		blamed[test{t.Package, ""}] = true
		for name := t.Name; strings.Contains(name, "/"); {
			name = name[:strings.LastIndexByte(name, '/')]
			blamed[test{t.Package, name}] = true
		}
	}
	for t, result := range r.results {
		switch {
		case result == "fail" && !blamed[t]:
			failed++
		case t.Name == "" || r.parents[t]:
		case result == "pass":
			passed++
		case result == "skip":
			skipped++
		}
	}
	return passed, failed, skipped
}
