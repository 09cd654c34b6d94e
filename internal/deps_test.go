package internal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/engawa/engawa/"

// levels is the order of the house: a package imports only packages of lower levels. A new package must be given a
// level here to pass.
var levels = map[string]int{
	// assets
	"migrations": 0, "web": 0, "docs": 0,
	// platform: knows nothing about the product
	"internal/errs": 1, "internal/id": 1, "internal/i18n": 1, "internal/rawjson": 1, "internal/text": 1, "internal/charset": 1, "internal/config": 1,
	"internal/blob": 2, "internal/db": 2, "internal/httpx": 2, "internal/mail": 2, "internal/outbound": 2,
	"internal/extract":   2,
	"internal/db/dbtest": 3, "internal/job": 3, "internal/telemetry": 3, "internal/words": 3,
	// language: pure
	"internal/field": 11, "internal/query": 12, "internal/formula": 12, "internal/access": 13,
	// core, leftward only
	"internal/identity": 21, "internal/file": 22, "internal/space": 23, "internal/app": 24,
	"internal/record/internal/table": 25, "internal/record": 26,
	// the helper of tests
	"internal/world": 29,
	// features: they meet through events and never import each other
	"internal/transfer/sheet": 30,
	"internal/notify":         31, "internal/roster": 31, "internal/share": 31, "internal/transfer": 31, "internal/customize": 31, "internal/search": 31,
	"internal/usage": 31, "internal/webhook": 31, "internal/backup": 31, "internal/report": 31, "internal/guide": 31, "internal/admin": 31, "internal/demo": 31,
	// surfaces and what joins them
	"internal/api": 41, "internal/pages": 41,
	"internal/server": 42, "internal/cli": 43, "cmd/server": 44,
}

// onlyTests are packages that nothing may import but tests, and each other.
var onlyTests = []string{"internal/world", "internal/db/dbtest"}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

func TestImportsPointDown(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if name == "internal" {
			continue // this test
		}
		level, known := levels[name]
		if !known {
			t.Errorf("%s has no level: give it one", name)
			continue
		}
		for _, imp := range p.Imports {
			if imp == "database/sql" && name != "internal/db" {
				t.Errorf("%s imports database/sql: only internal/db does", name)
			}
			other, ours := strings.CutPrefix(imp, module)
			switch {
			case !ours:
			case levels[other] >= level:
				t.Errorf("%s (level %d) imports %s (level %d)", name, level, other, levels[other])
			case slices.Contains(onlyTests, other) && !slices.Contains(onlyTests, name):
				t.Errorf("%s imports %s, which is for tests", name, other)
			}
		}
	}
}

var (
	recordTable = regexp.MustCompile(`\brec_`)
	statement   = regexp.MustCompile(`(?s)\b(SELECT .* FROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET|CREATE TABLE|ALTER TABLE)\b`)
)

// The SQL of record rows has one home, and surfaces have no SQL at all.
func TestSQLStaysAtHome(t *testing.T) {
	surfaces := []string{"api", "pages", "server", "cli"}
	literals(t, func(path, text string) {
		dir := filepath.ToSlash(filepath.Dir(path))
		if recordTable.MatchString(text) && dir != "record/internal/table" {
			t.Errorf("%s names a record table: %q", path, text)
		}
		if slices.Contains(surfaces, dir) && statement.MatchString(text) {
			t.Errorf("%s holds SQL: %q", path, text)
		}
	})
}

// literals calls fn for every string in the Go code that is not a test.
func literals(t *testing.T, fn func(path, text string)) {
	t.Helper()
	nodes(t, func(path string, n ast.Node) {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			fn(path, text)
		}
	})
}

// nodes calls fn for every node of the Go code that is not a test.
func nodes(t *testing.T, fn func(path string, n ast.Node)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			fn(path, n)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
