package internal_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docs/attack-cases.md tells auditors which tests try which attack, so those tests have to be there.
func TestAttacksAreTests(t *testing.T) {
	table, err := os.ReadFile("../docs/attack-cases.md")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		code, err := os.ReadFile(path)
		for _, m := range declared.FindAllSubmatch(code, -1) {
			there[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllSubmatch(table, -1)
	for _, m := range named {
		if !there[string(m[1])] {
			t.Errorf("docs/attack-cases.md names %s, which is no test", m[1])
		}
	}
	if len(named) == 0 {
		t.Error("docs/attack-cases.md names no test")
	}
}
