package access_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/id"
)

var update = flag.Bool("update", false, "rewrite golden files")

const self = "github.com/engawa/engawa/internal/access"

// TestActorsAreMintedInKnownPlaces lists every call that makes an actor, so that a new one is seen in review.
// go test ./internal/access -update rewrites the list.
func TestActorsAreMintedInKnownPlaces(t *testing.T) {
	root := filepath.Join("..", "..")
	var mints []string
	for _, dir := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			found, err := mintsIn(path)
			for _, m := range found {
				mints = append(mints, filepath.ToSlash(rel)+" "+m)
			}
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	slices.Sort(mints)
	got := strings.Join(mints, "\n") + "\n"
	golden := filepath.Join("testdata", "mints.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("actors are minted here:\n%s\nand %s says:\n%s", got, golden, want)
	}
}

// mintsIn returns "function: constructor(reason)" for each use of a constructor in a file, called or passed on.
func mintsIn(path string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return nil, err
	}
	name := ""
	for _, imp := range file.Imports {
		if p, _ := strconv.Unquote(imp.Path.Value); p == self {
			name = "access"
			if imp.Name != nil {
				name = imp.Name.Name
			}
		}
	}
	var mints []string
	for _, decl := range file.Decls {
		in := "var"
		if fn, ok := decl.(*ast.FuncDecl); ok {
			in = fn.Name.Name
		}
		reasons := map[*ast.SelectorExpr]string{}
		ast.Inspect(decl, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) == 1 {
					if lit, ok := n.Args[0].(*ast.BasicLit); ok {
						reasons[sel] = "(" + lit.Value + ")"
					}
				}
			case *ast.SelectorExpr:
				x, ok := n.X.(*ast.Ident)
				switch {
				case ok && name != "" && x.Name == name && isMint(n.Sel.Name):
					mints = append(mints, in+": access."+n.Sel.Name+reasons[n])
				case strings.HasPrefix(n.Sel.Name, "ActAs"): // identity's ways to act in a user's name later
					mints = append(mints, in+": "+n.Sel.Name)
				}
			}
			return true
		})
	}
	return mints, nil
}

func isMint(name string) bool {
	return name == "User" || name == "Token" || name == "LinkHolder" || name == "System"
}

func TestTheZeroActorIsNobody(t *testing.T) {
	var a access.Actor
	if a.Kind() != access.KindNobody || a.UserID() != 0 || a.Admin() || a.TokenRights(1) != 0 || a.Zone() == nil || a.String() != "nobody" {
		t.Errorf("%+v", a)
	}
}

func TestTokensOpenOnlyTheirApps(t *testing.T) {
	a := access.Token(access.TokenInfo{
		As:     access.UserInfo{ID: 1, Admin: true},
		Rights: map[id.App]access.Verbs{7: access.All},
	})
	if a.Admin() {
		t.Error("a token administers the site")
	}
	if got := a.TokenRights(7); got&access.Export != 0 || !got.Has(access.View|access.Manage) || a.TokenRights(8) != 0 {
		t.Errorf("rights %b and %b", got, a.TokenRights(8))
	}
}
