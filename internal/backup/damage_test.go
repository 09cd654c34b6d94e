package backup

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/world"
	"github.com/engawa/engawa/migrations"
)

// blind is a visitor that takes everything.
type blind struct{}

func (blind) header(Header) error                      { return nil }
func (blind) secret([]byte) error                      { return nil }
func (blind) object(string, int64, io.Reader) error    { return nil }
func (blind) table(string) (func([]byte) error, error) { return blind{}.file() }
func (blind) app(string) (func([]byte) error, error)   { return blind{}.file() }
func (blind) file() (func([]byte) error, error)        { return func([]byte) error { return nil }, nil }
func (blind) contents(Contents) error                  { return nil }

// No byte of a backup can change, and none can be missing or too many, without the backup being refused: plain or
// encrypted.
func TestEveryByteCounts(t *testing.T) {
	w := world.New(t)
	for _, passphrase := range []string{"", "open sesame"} {
		whole := written(t, w, passphrase)
		read := func(b []byte) error { return walk(t.Context(), bytes.NewReader(b), passphrase, blind{}) }
		must(t, read(whole))
		for i := range whole {
			edge := i < 20 || i > len(whole)-150
			if passphrase != "" && i%20 != 0 { // a passphrase takes its time
				continue
			}
			b := slices.Clone(whole)
			b[i] ^= 1 << (i % 8)
			if read(b) == nil {
				t.Errorf("passphrase %q: byte %d of %d changed unnoticed", passphrase, i, len(b))
			}
			if (edge || i%10 == 0) && read(whole[:i]) == nil {
				t.Errorf("passphrase %q: %d of %d bytes were enough", passphrase, i, len(b))
			}
		}
		if read(append(slices.Clone(whole), 0)) == nil || read(append(slices.Clone(whole), whole...)) == nil {
			t.Errorf("passphrase %q: more than a backup was taken for one", passphrase)
		}
	}
}

func TestPassphrase(t *testing.T) {
	w := world.New(t)
	plain, encrypted := written(t, w, ""), written(t, w, "open sesame")
	if bytes.Contains(encrypted, []byte("sha256")) {
		t.Error("the encrypted backup can be read")
	}
	for _, tc := range []struct {
		name       string
		b          []byte
		passphrase string
		want       error
	}{
		{"plain", plain, "", nil},
		{"the right one", encrypted, "open sesame", nil},
		{"the wrong one", encrypted, "open sesam", errPassphrase},
		{"none", encrypted, "", errEncrypted},
		{"one for nothing", plain, "open sesame", errPlain},
		{"not a backup", []byte("PK\x03\x04 a zip"), "", errNotOurs},
		{"empty", nil, "", errNotOurs},
	} {
		if _, err := check(t, tc.b, tc.passphrase); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
}

// Whoever makes a backup by hand, sums and all, gets nothing in that a backup does not hold.
func TestHostileBackups(t *testing.T) {
	w := world.New(t)
	a := w.App("orders", "title text; paper file")
	a.AddJSON(`{"title":{"value":"desk"},"paper":{"value":[{"fileKey":"` + w.Upload("note.txt", "oak") + `"}]}}`)
	good := takeApart(t, written(t, w, ""))
	_, err := check(t, putTogether(t, good), "")
	must(t, err)
	at := func(name string) int { return indexOf(t, good, name) }
	file, users, app, last := at(filesFolder), at("tables/user_account/"), at("records/"), len(good)-1
	named := func(e entry, name string) entry { e.Name = name; return e }
	line := func(e entry, old, new string) entry { return replaced(t, e, old, new) }
	with := func(i int, e ...entry) []entry { return slices.Insert(slices.Clone(good), i, e...) }
	instead := func(i int, e entry) []entry { l := slices.Clone(good); l[i] = e; return l }
	contents := func(fn func(c *Contents)) []entry { return instead(last, edited(t, good[last], fn)) }
	header := func(fn func(h *Header)) []entry { return instead(0, edited(t, good[0], fn)) }
	link := named(good[file], "files/evil")
	link.Typeflag, link.Linkname = tar.TypeSymlink, "/etc/passwd"
	hard := link
	hard.Typeflag, hard.Name = tar.TypeLink, "files/0123456789abcdef0123456789abcdef"
	pax := named(good[file], "files/0123456789abcdef0123456789abcdef")
	pax.PAXRecords = map[string]string{"VENDOR.path": "../../evil"}
	for _, tc := range []struct {
		name string
		list []entry
		want string
	}{
		{"up and out", with(file, named(good[file], "files/../../evil")), "not what a backup holds"},
		{"up and out, by the name alone", with(file, named(good[file], "../evil")), "not what a backup holds"},
		{"from the root", with(file, named(good[file], "/etc/cron.d/evil")), "not what a backup holds"},
		{"a file of another kind of name", with(file, named(good[file], "files/ABCDEF0123456789ABCDEF0123456789")), "not what a backup holds"},
		{"a symbolic link", with(file, link), "not what a backup holds"},
		{"a hard link", with(file, hard), "not what a backup holds"},
		{"names of another form", with(file, pax), "not what a backup holds"},
		{"a file twice", with(file, good[file]), "not what a backup holds"},
		{"a file behind rows", with(last, named(good[file], "files/0123456789abcdef0123456789abcdef")), "not what a backup holds"},
		{"a table twice", with(last, good[users]), "not what a backup holds"},
		{"a part left out", instead(users, named(good[users], "tables/user_account/000002.jsonl")), "not what a backup holds"},
		{"a foreign table", with(users, named(good[users], "tables/sqlite_master/000001.jsonl")), "not what a backup holds"},
		{"a table that backups leave out", with(users, named(good[users], "tables/session/000001.jsonl")), "not what a backup holds"},
		{"something behind the end", with(last+1, good[file]), "not what a backup holds"},
		{"no header", good[1:], "not a backup of Engawa"},
		{"no contents", good[:last], "damaged or not complete"},
		{"another header", with(1, good[0]), "not what a backup holds"},
		{"a column too many", instead(users, line(good[users], `{"id"`, `{"evil":1,"id"`)), "columns instead of"},
		{"another column", instead(users, line(good[users], `{"id"`, `{"ID"`)), "no column id"},
		{"another type", instead(users, line(good[users], `"id":1`, `"id":"1"`)), "not of type"},
		{"a broken number", instead(users, line(good[users], `"id":1`, `"id":1.5`)), "not a whole number"},
		{"another value", instead(users, line(good[users], `root`, `evil`)), "not as the contents have it"},
		{"no table", slices.Delete(slices.Clone(good), users, users+1), "not as the contents have it"},
		{"another record", instead(app, line(good[app], "desk", "bomb")), "not as the contents have them"},
		{"records of no app", with(app+1, named(good[app], "records/99/000001.jsonl")), "damaged"},
		{"a record twice", instead(app, entry{good[app].Header, append(slices.Clone(good[app].body), good[app].body...)}), "not in order"},
		{"a strange member", instead(app, line(good[app], `{"id"`, `{"evil":1,"id"`)), "unknown field"},
		{"other bytes in a file", instead(file, line(good[file], "oak", "elm")), "not as the list has it"},
		{"no file", slices.Delete(slices.Clone(good), file, file+1), "not as the list has it"},
		{"lost, but there", contents(func(c *Contents) { c.Missing = []string{strings.TrimPrefix(good[file].Name, filesFolder)} }), "not in the backup"},
		{"fewer tables", contents(func(c *Contents) { c.Tables = c.Tables[1:] }), "damaged"},
		{"fewer apps", contents(func(c *Contents) { c.Records = nil }), "damaged"},
		{"another format", header(func(h *Header) { h.Format = 2 }), "of format 2"},
		{"a newer site", header(func(h *Header) { h.Schema += 1000 }), "newer than this program"},
		{"no version", header(func(h *Header) { h.Schema = 0 }), "newer than this program"},
	} {
		if _, err := check(t, putTogether(t, tc.list), ""); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want an error with %q", tc.name, err, tc.want)
		}
	}
}

// A small backup that unpacks to very much is refused when the disk is too small for it, before anything is unpacked to it.
func TestBombs(t *testing.T) {
	w := world.New(t)
	a := w.App("orders", "note multiline; paper file")
	const size = 4 << 20
	a.AddJSON(`{"paper":{"value":[{"fileKey":"` + w.Upload("zeros.txt", strings.Repeat("0", size)) + `"}]}}`)
	for range 4 {
		a.AddJSON(`{"note":{"value":"` + strings.Repeat("0", 50_000) + `"}}`)
	}
	b := written(t, w, "")
	if len(b) > 200_000 {
		t.Errorf("the bomb has %d bytes", len(b))
	}
	for _, tc := range []struct {
		room Room
		want error
	}{
		{Room{}, nil}, {Room{Bytes: size}, nil}, {Room{Bytes: size - 1}, errNoRoom}, {Room{Bytes: size + 100_000, Rows: true}, errNoRoom}, {Room{Bytes: 2 * size, Rows: true}, nil},
	} {
		if _, err := Check(t.Context(), bytes.NewReader(b), "", migrations.FS, tc.room, nil); !errors.Is(err, tc.want) {
			t.Errorf("%+v: %v, want %v", tc.room, err, tc.want)
		}
	}
}
