package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"

	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// Archive is a backup that was read from end to end and found whole.
type Archive struct {
	Summary Summary
	Secret  []byte // what the addresses of record links are derived from; nil when the site did not keep it itself

	in         io.ReadSeeker
	passphrase string
	migrations fs.FS
	contents   Contents
	tables     []db.Table        // as they were at its version, in the order in which they can be filled
	files      map[string]object // that rows name
}

// Room is where a backup has to find place. The zero Room has any amount.
type Room struct {
	Bytes int64 // that are free on the disk of the files; 0 is any amount
	Rows  bool  // the database is on it, too
}

var errNoRoom = errors.New("the backup unpacks to more than the disk has room for")

// Check reads a backup to the end, touching nothing, and compares all that is in it with what it says of itself and with the
// tables that a site of its version has. It takes the memory of one row and of the list of files, and stops when room is not
// enough: no file makes it unpack for ever.
//
// Errors: sentences for the operator.
func Check(ctx context.Context, in io.ReadSeeker, passphrase string, migrations fs.FS, room Room, progress Progress) (*Archive, error) {
	return checkWith(ctx, in, passphrase, migrations, tablesAt, room, progress)
}

// tellTables tells the tables that a site of a version has.
type tellTables func(ctx context.Context, migrations fs.FS, version int64) ([]db.Table, error)

func checkWith(ctx context.Context, in io.ReadSeeker, passphrase string, migrations fs.FS, tell tellTables, room Room, progress Progress) (*Archive, error) {
	if progress == nil {
		progress = func(string, int64) {}
	}
	c := &checker{
		a:   &Archive{in: in, passphrase: passphrase, migrations: migrations, files: map[string]object{}},
		ctx: ctx, progress: progress, room: room, tell: tell,
		keys: map[string]bool{}, objects: map[string]object{}, tables: map[string]*tally{}, apps: map[string]*tally{},
	}
	if err := c.a.walk(ctx, c); err != nil {
		return nil, err
	}
	return c.a, nil
}

// walk goes through the backup from its beginning.
func (a *Archive) walk(ctx context.Context, v visitor) error {
	if _, err := a.in.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return walk(ctx, a.in, a.passphrase, v)
}

// checker is the visitor that believes nothing.
type checker struct {
	a        *Archive
	ctx      context.Context
	progress Progress
	tell     tellTables
	h        Header
	keys     map[string]bool   // of files that rows name
	objects  map[string]object // as they were read
	tables   map[string]*tally
	apps     map[string]*tally
	list     tally
	bytes    int64
	lines    int64
	room     Room
	taken    int64 // of room
}

// take needs so many bytes more.
func (c *checker) take(n int64) error {
	if c.taken += n; c.room.Bytes > 0 && c.taken > c.room.Bytes {
		return errNoRoom
	}
	return nil
}

// tally counts and sums the lines of a stream.
type tally struct {
	rows int64
	sum  hash.Hash
}

func (t *tally) add(line []byte) {
	if t.sum == nil {
		t.sum = sha256.New()
	}
	t.rows++
	t.sum.Write(line)
	t.sum.Write([]byte{'\n'})
}

func (t *tally) stream() Stream {
	if t == nil || t.sum == nil {
		t = &tally{sum: sha256.New()}
	}
	return Stream{t.rows, hex.EncodeToString(t.sum.Sum(nil))}
}

func (c *checker) header(h Header) error {
	newest, err := db.Newest(c.a.migrations)
	switch {
	case err != nil:
		return err
	case h.Format != format:
		return fmt.Errorf("the backup is of format %d, and this program reads format %d: use the program that made it (%s), or a later one", h.Format, format, h.Program)
	case h.Schema < 1 || h.Schema > newest:
		return fmt.Errorf("the backup is newer than this program: it has migration %d, and this program knows %d; use the program that made it (%s), or a later one", h.Schema, newest, h.Program)
	}
	c.h = h
	c.a.tables, err = c.tell(c.ctx, c.a.migrations, h.Schema)
	return err
}

// tablesAt makes such a site to see its tables.
func tablesAt(ctx context.Context, migrations fs.FS, version int64) (tables []db.Table, err error) {
	d, err := db.Open(ctx, db.Options{URL: "sqlite::memory:"})
	if err != nil {
		return nil, err
	}
	defer d.Close() //nolint:errcheck // in memory
	if err := d.MigrateTo(ctx, migrations, version); err != nil {
		return nil, err
	}
	err = d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		all, err := tx.Tables(ctx)
		tables = kept(all)
		return err
	})
	return tables, err
}

func (c *checker) secret(key []byte) error {
	if len(key) == 0 {
		return errDamaged
	}
	c.a.Secret = key
	return nil
}

func (c *checker) object(key string, size int64, r io.Reader) error {
	if _, twice := c.objects[key]; twice {
		return unexpected(filesFolder + key)
	}
	if err := c.take(size); err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(sum, r)
	if err != nil || n != size {
		return errDamaged
	}
	c.objects[key] = object{key, size, hex.EncodeToString(sum.Sum(nil))}
	c.progress("check", int64(len(c.objects)))
	return nil
}

func (c *checker) table(name string) (func([]byte) error, error) {
	i := slices.IndexFunc(c.a.tables, func(t db.Table) bool { return t.Name == name })
	if i < 0 {
		return nil, unexpected(tablesFolder + name)
	}
	t, n := c.a.tables[i], &tally{}
	c.tables[name] = n
	return func(line []byte) error {
		row, err := parseRow(t, line)
		if err != nil {
			return err
		}
		for i, col := range t.Columns {
			if key, ok := row[i].(string); ok && col.Name == blobColumn {
				c.keys[key] = true
			}
		}
		return c.count(n, line)
	}, nil
}

func (c *checker) count(n *tally, line []byte) error {
	n.add(line)
	c.lines++
	c.progress("check", c.lines)
	if !c.room.Rows {
		return nil
	}
	return c.take(int64(len(line)))
}

func (c *checker) app(name string) (func([]byte) error, error) {
	n, last := &tally{}, id.Record(0)
	c.apps[name] = n
	return func(line []byte) error {
		var r record.Copy
		if err := decode(line, &r); err != nil {
			return err
		}
		if r.ID <= last {
			return errors.New("records are not in order")
		}
		last = r.ID
		return c.count(n, line)
	}, nil
}

func (c *checker) file() (func([]byte) error, error) {
	last := ""
	return func(line []byte) error {
		var o object
		if err := decode(line, &o); err != nil {
			return err
		}
		if o.Key <= last || c.objects[o.Key] != o {
			return fmt.Errorf("file %q is not as the list has it", o.Key)
		}
		last = o.Key
		c.a.files[o.Key] = o
		c.bytes += o.Size
		c.list.add(line)
		return nil
	}, nil
}

// contents compares what was found with what should be there.
func (c *checker) contents(want Contents) error {
	found := Contents{Files: c.list.stream(), Missing: want.Missing}
	for _, t := range c.a.tables {
		found.Tables = append(found.Tables, Table{Name: t.Name, Stream: c.tables[t.Name].stream()})
	}
	if len(want.Tables) != len(found.Tables) {
		return errDamaged
	}
	for i, t := range want.Tables {
		t.LastID = 0
		if t != found.Tables[i] {
			return fmt.Errorf("table %s is not as the contents have it", t.Name)
		}
	}
	last := id.App(0)
	for _, a := range want.Records {
		if a.App <= last || a.Stream != c.apps[id.String(a.App)].stream() {
			return fmt.Errorf("the records of app %d are not as the contents have them", a.App)
		}
		delete(c.apps, id.String(a.App))
		last = a.App
	}
	if len(c.apps) > 0 || want.Files != found.Files {
		return errDamaged
	}
	if err := c.missing(want.Missing); err != nil {
		return err
	}
	c.a.contents = want
	c.a.Summary = want.summary(c.h, c.bytes)
	c.a.Summary.Secret = c.a.Secret != nil
	return nil
}

// missing holds that the files are those that rows name, but for what was lost.
func (c *checker) missing(lost []string) error {
	for key := range c.keys {
		_, there := c.a.files[key]
		if !blob.IsKey(key) || there == slices.Contains(lost, key) {
			return fmt.Errorf("a row names the file %q, which is not in the backup", key)
		}
	}
	if len(c.keys) != len(c.a.files)+len(lost) {
		return errors.New("the list of files is not that of the rows")
	}
	return nil
}
