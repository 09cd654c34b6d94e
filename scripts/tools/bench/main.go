// Command bench measures Engawa beside a bare server on this machine, and prints how near it comes.
//
//	bench [-records N] [-runs N] [-each DURATION] [-only WORD] [-database URL] ENGAWA LIMIT
//	bench [-records N] [-database URL] -mix DURATION ENGAWA [LIMIT]
//
// ENGAWA is the program to measure, LIMIT the bare server of ../limit: the same JSON, SQL and durability with none
// of the work that makes a product, so its figures are what this machine can give. Both start on fresh data in a
// temporary folder, with SQLite; a URL gives Engawa an empty PostgreSQL database instead. The clients run on the same cores, so 16 of them saturate the server.
package main

import (
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// line is one row of the table. A goal of 0 is none.
type line struct {
	name    string
	clients int
	goal    float64
	items   bool // the rate is in records, not requests
	of      func(*app) scenario
}

var lines = []line{
	{"get one", 1, 0, false, func(a *app) scenario { return a.get }},
	{"get one", 16, 16_000, false, func(a *app) scenario { return a.get }},
	{"filtered, sorted page of 100", 1, 400, false, func(a *app) scenario { return a.list(100) }},
	{"filtered, sorted page of 100", 16, 700, false, func(a *app) scenario { return a.list(100) }},
	{"filtered, sorted page of 500", 16, 130, false, func(a *app) scenario { return a.list(500) }},
	{"substring search", 1, 500, false, func(a *app) scenario { return a.search }},
	{"page at offset 10,000", 1, 550, false, func(a *app) scenario { return a.deep }},
	{"update one", 1, 0, false, func(a *app) scenario { return a.update }},
	{"update one", 16, 8_000, false, func(a *app) scenario { return a.update }},
	{"create", 1, 1_500, false, func(a *app) scenario { return a.create }},
	{"create", 16, 5_200, false, func(a *app) scenario { return a.create }},
	{"create 100 a request, records", 16, 12_000, true, func(a *app) scenario { return a.bulk }},
}

var (
	records     = flag.Int("records", 100_000, "records in the app before anything is measured")
	runs        = flag.Int("runs", 3, "runs of each line; the median is printed")
	each        = flag.Duration("each", 3*time.Second, "length of a run")
	mix         = flag.Duration("mix", 0, "measure only a mixed load, for so long")
	databaseURL = flag.String("database", "", "address of an empty PostgreSQL database for Engawa, instead of SQLite")
	only        = flag.String("only", "", "measure only the lines whose name contains this")
)

func main() {
	flag.Parse()
	var err error
	switch {
	case *mix > 0 && flag.NArg() > 0:
		err = benchMix(flag.Arg(0))
	case *mix == 0 && flag.NArg() == 2:
		err = bench(flag.Arg(0), flag.Arg(1))
	default:
		flag.Usage()
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(engawa, limit string) error {
	bare, err := start(limit, "/readyz", nil, func(addr, data string) []string { return []string{addr, data} })
	if err != nil {
		return err
	}
	limits, _, _, err := measureAll(bare, nil)
	if err := errors.Join(err, bare.stop()); err != nil {
		return fmt.Errorf("limit: %w\n%s", err, bare.log.Bytes())
	}

	server, header, err := startEngawa(engawa)
	if err != nil {
		return err
	}
	idle := server.memory()
	ours, deals, most, err := measureAll(server, header)
	if err == nil {
		printTable(ours, limits)
		fmt.Printf("\nfirst answer after start: %d ms\n", server.first.Milliseconds())
		fmt.Printf("memory: idle %.0f MiB, at most %.0f MiB after a line of the table\n", idle, most)
		err = measureRest(deals)
	}
	if err := errors.Join(err, server.stop()); err != nil {
		return fmt.Errorf("%w\n%s", err, tail(server.log.String(), 20))
	}
	return nil
}

// startEngawa starts the program on fresh data and returns the header by which its administrator is known.
func startEngawa(program string) (*process, map[string][]string, error) {
	const login, password = "bench", "bench-2718281828"
	env := []string{"ENGAWA_ADMIN_LOGIN=" + login, "ENGAWA_ADMIN_PASSWORD=" + password}
	if *databaseURL != "" {
		env = append(env, "ENGAWA_DATABASE_URL="+*databaseURL)
	}
	p, err := start(program, "/readyz", env, func(addr, data string) []string {
		return []string{"serve", "--addr", addr, "--data", data}
	})
	credentials := base64.StdEncoding.EncodeToString([]byte(login + ":" + password))
	return p, map[string][]string{"X-Cybozu-Authorization": {credentials}}, err
}

func benchMix(engawa string) error {
	server, header, err := startEngawa(engawa)
	if err != nil {
		return err
	}
	deals, err := makeApp(newClient(server.url, header))
	if err == nil {
		_, err = deals.load(*records)
	}
	if err == nil {
		err = measureMix(server, deals, *mix)
	}
	if err := errors.Join(err, server.stop()); err != nil {
		return fmt.Errorf("%w\n%s", err, tail(server.log.String(), 20))
	}
	return nil
}

// measureAll loads the records and measures every line. It answers the app too, and the most memory seen
// after a line, in MiB.
func measureAll(p *process, header map[string][]string) (all []figures, deals *app, memory float64, err error) {
	if deals, err = makeApp(newClient(p.url, header)); err != nil {
		return nil, nil, 0, err
	}
	rate, err := deals.load(*records)
	if err != nil {
		return nil, nil, 0, err
	}
	progress("%s: loaded %d records, %.0f/s", p.cmd.Path, *records, rate)
	all = make([]figures, len(lines))
	for i, l := range lines {
		if !strings.Contains(l.name, *only) {
			continue
		}
		all[i] = measure(deals.client, l.of(deals), l.clients, *runs, *each)
		if all[i].failed != nil {
			return nil, nil, 0, fmt.Errorf("%s, %d clients: %w", l.name, l.clients, all[i].failed)
		}
		memory = max(memory, p.memory())
		progress("  %s, %d: %.0f/s", l.name, l.clients, all[i].rate(l))
	}
	return all, deals, memory, nil
}

// measureRest measures what the bare server has nothing to compare with.
func measureRest(deals *app) error {
	token, err := deals.token()
	if err != nil {
		return err
	}
	byToken := measure(deals.client.with("X-Cybozu-Api-Token", token), deals.get, 16, *runs, *each)
	if byToken.failed != nil {
		return byToken.failed
	}
	fmt.Printf("get one, 16 clients, by API token instead of password: %.0f/s\n", byToken.requests)
	app, rate, err := importFile(deals.client)
	if err != nil {
		return err
	}
	fmt.Printf("import of %d rows, Shift_JIS CSV: %.0f rows/s (goal 15,000)\n", rowsOfFile, rate)
	if rate, err = exportFile(deals.client, app); err != nil {
		return err
	}
	fmt.Printf("export of them: %.0f rows/s (goal 60,000)\n", rate)
	return nil
}

// progress tells the person who waits; the results alone go to standard output.
func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

func (f figures) rate(l line) float64 {
	if l.items {
		return f.items
	}
	return f.requests
}

func printTable(ours, limits []figures) {
	fmt.Printf("| per second | clients | Engawa | limit | of limit | goal | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|--:|--:|--:|\n")
	for i, l := range lines {
		if limits[i].requests == 0 {
			continue
		}
		got, limit, goal := ours[i].rate(l), limits[i].rate(l), "–"
		if l.goal > 0 {
			goal = fmt.Sprintf("%.0f", l.goal)
		}
		fmt.Printf("| %s | %d | %.0f | %.0f | %.0f %% | %s | %.2f | %.2f |\n",
			l.name, l.clients, got, limit, 100*got/limit, goal, ours[i].p50, ours[i].p99)
	}
}

// tail is the last n lines of s.
func tail(s string, n int) string {
	all := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(all[max(0, len(all)-n):], "\n")
}
