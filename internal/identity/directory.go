package identity

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// directory is everybody, whatever they are in, and every API token at one revision. It is never changed, only replaced.
type directory struct {
	revision int64
	site     Site
	byID     map[id.User]*account
	byCode   map[string]*account // by folded login name; nobody who is deleted
	order    []*account          // by id; nobody who is deleted or built in
	tokens   map[string]*Token   // by hash
	builtin  *account            // whom tokens act as

	units          *tree
	groups         *register[Group]
	titles         *register[Title]
	inOrganization map[id.Organization][]*account // by id; nobody of those below
	inGroups       map[id.Group][]*account        // by id; of groups whose members are listed

	absences    map[id.User]Absence
	standsInFor map[id.User][]id.User // those who named a user as their deputy, at any time
}

// Directory looks people up by id and login name, at one revision. Deleted users have neither code nor name.
type Directory struct{ d *directory }

var _ field.Directory = Directory{}

// Directory returns the people of the site as they are now.
func (s *Service) Directory(ctx context.Context) (Directory, error) {
	d, err := s.directory(ctx)
	return Directory{d}, err
}

// User returns the person with an id, suspended and deleted ones too.
func (d Directory) User(user id.User) (field.Person, bool) {
	a, ok := d.d.byID[user]
	if !ok {
		return field.Person{}, false
	}
	if a.deleted {
		return field.Person{ID: user}, true
	}
	return field.Person{ID: user, Code: a.Code, Name: a.Name}, true
}

// UserByCode returns the person with a login name, suspended ones too, and a deleted one by the code that IsGone.
func (d Directory) UserByCode(code string) (field.Person, bool) {
	if n, ok := id.Parse[id.User](strings.TrimPrefix(code, goneCode)); ok && IsGone(code) {
		a := d.d.byID[n]
		return field.Person{ID: n}, a != nil && a.deleted
	}
	a, ok := d.d.byCode[foldCode(code)]
	if !ok {
		return field.Person{}, false
	}
	return field.Person{ID: a.ID, Code: a.Code, Name: a.Name}, true
}

// Revision is another one whenever anything in the directory is.
func (d Directory) Revision() int64 { return d.d.revision }

// Account returns a user who may act, with address, language and time zone: for mails and notices.
func (d Directory) Account(user id.User) (User, bool) {
	a, ok := d.d.byID[user]
	if !ok || !a.acts() {
		return User{}, false
	}
	return a.User, true
}

// Site returns what holds for the whole site.
func (d Directory) Site() Site { return d.d.site }

// steady is the context key of the people whom a request has found.
type steady struct{}

// Steady makes everything that is asked under the context returned, outside of transactions, see the people as they were
// when first asked for, unless this process changes them: where several processes write, asking is a statement each time.
// It is for what lasts no longer than a request.
func (s *Service) Steady(ctx context.Context) context.Context {
	if !s.shared {
		return ctx // nobody else changes them, and asking costs nothing
	}
	return context.WithValue(ctx, steady{}, new(atomic.Pointer[directory]))
}

// directory returns one that is as new as any change this process has committed, and, when other processes write
// too, as any change at all.
func (s *Service) directory(ctx context.Context) (*directory, error) {
	if !s.shared {
		return s.at(ctx, s.wanted.Load())
	}
	found, ok := ctx.Value(steady{}).(*atomic.Pointer[directory])
	if !ok || s.db.Joins(ctx) { // a transaction reads what it has written itself
		found = new(atomic.Pointer[directory])
	}
	if d := found.Load(); d != nil && d.revision >= s.wanted.Load() {
		return d, nil
	}
	var want int64
	err := s.db.ReadOne(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		want, err = revision(ctx, tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("identity: revision: %w", err)
	}
	d, err := s.at(ctx, want)
	if err == nil {
		found.Store(d)
	}
	return d, err
}

// at returns the directory of a revision, or of a later one.
func (s *Service) at(ctx context.Context, want int64) (*directory, error) {
	if d := s.dir.Load(); d != nil && d.revision == want {
		return d, nil
	}
	return s.reload(db.Nobodys(ctx), want)
}

// reload reads the directory anew, unless somebody else brings it to the wanted revision first. The wait for that is
// bounded because a caller inside a Write may hold the very database that the other one waits for.
func (s *Service) reload(ctx context.Context, want int64) (*directory, error) {
	patience := time.NewTimer(100 * time.Millisecond)
	defer patience.Stop()
	select {
	case s.loading <- struct{}{}:
		defer func() { <-s.loading }()
		if d := s.dir.Load(); d != nil && d.revision == want {
			return d, nil
		}
	case <-patience.C:
	}
	var d *directory
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		d, err = loadDirectory(ctx, tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("identity: directory: %w", err)
	}
	s.dir.Store(d)
	return d, nil
}

// loadDirectory reads everybody in one snapshot.
func loadDirectory(ctx context.Context, tx *db.Tx) (*directory, error) {
	d := &directory{byID: map[id.User]*account{}, byCode: map[string]*account{}}
	var err error
	if d.revision, err = revision(ctx, tx); err != nil {
		return nil, err
	}
	if d.site, err = loadSite(ctx, tx); err != nil {
		return nil, err
	}
	if d.tokens, err = loadTokens(ctx, tx); err != nil {
		return nil, err
	}
	accounts, err := loadAccounts(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		d.byID[a.ID] = a
		switch {
		case a.deleted:
		case a.builtin:
			d.builtin = a
			d.byCode[foldCode(a.Code)] = a
			a.zone = d.site.Zone()
		default:
			d.byCode[foldCode(a.Code)] = a
			d.order = append(d.order, a)
		}
	}
	if err := d.loadAbsences(ctx, tx); err != nil {
		return nil, err
	}
	return d, d.loadUnits(ctx, tx)
}

// loadUnits reads the organisations, groups and titles, and who is in which.
func (d *directory) loadUnits(ctx context.Context, tx *db.Tx) error {
	organizations, err := loadOrganizations(ctx, tx)
	if err != nil {
		return err
	}
	groups, err := loadGroups(ctx, tx)
	if err != nil {
		return err
	}
	titles, err := loadTitles(ctx, tx)
	if err != nil {
		return err
	}
	places, err := loadPlaces(ctx, tx)
	if err != nil {
		return err
	}
	members, err := loadMembers(ctx, tx)
	if err != nil {
		return err
	}
	d.units, d.groups, d.titles = newTree(organizations), newGroups(groups), newTitles(titles)
	d.join(places, members)
	return nil
}

// zones remembers locations by name: reading one takes longer than anything else about an account.
var zones sync.Map

// zone returns the location of an IANA name, UTC when the name is unknown.
func zone(name string) *time.Location {
	if l, ok := zones.Load(name); ok {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, l)
	return l
}
