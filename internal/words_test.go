package internal_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/i18n"
)

var messageKey = regexp.MustCompile(`^[a-z][A-Za-z]*(\.[A-Za-z]+)*$`)

// Every message that the code names has words in both languages.
func TestEveryMessageHasWords(t *testing.T) {
	found := 0
	nodes(t, func(path string, n ast.Node) {
		for _, key := range keysOf(n) {
			found++
			for _, lang := range []i18n.Lang{i18n.Ja, i18n.En} {
				if !i18n.Has(lang, key) {
					t.Errorf("%s: %q has no words in %s", path, key, lang)
				}
			}
		}
	})
	if found < 200 {
		t.Errorf("only %d keys found: does this test still see them?", found)
	}
}

// keysOf returns the message keys in calls of errs.E(kind, key), p.Add(path, key) and i18n.T(lang, key).
func keysOf(n ast.Node) []string {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) < 2 {
		return nil
	}
	fn, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	x, _ := fn.X.(*ast.Ident)
	named := x != nil && (x.Name == "errs" && fn.Sel.Name == "E" || x.Name == "i18n" && fn.Sel.Name == "T")
	if !named && fn.Sel.Name != "Add" {
		return nil
	}
	lit, ok := call.Args[1].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil
	}
	key, err := strconv.Unquote(lit.Value)
	if err != nil || !messageKey.MatchString(key) || !named && !strings.Contains(key, ".") {
		return nil
	}
	return []string{key}
}
