package api

import (
	"context"
	"math"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
)

// maxListed is how many of a list one call of the User API returns or takes.
// Source: cybozu.com User API.
const maxListed = 100

// listIn asks for some of a list of the User API: by ids or codes, or a page of all.
type listIn struct {
	IDs    List[Int]  `json:"ids"`
	Codes  List[Text] `json:"codes"`
	Offset Int        `json:"offset"`
	Size   Int        `json:"size"`
}

func (in listIn) filter() (identity.Filter, error) {
	var p errs.Fields
	f := pagedIn{in.Offset, in.Size}.filter(&p)
	f.Codes = texts(in.Codes)
	for i, n := range in.IDs {
		f.IDs = append(f.IDs, n.need(&p, at("ids", i), 1))
	}
	return f, p.Err()
}

// pagedIn asks for a page of a list of the User API.
type pagedIn struct {
	Offset Int `json:"offset"`
	Size   Int `json:"size"`
}

func (in pagedIn) filter(p *errs.Fields) identity.Filter {
	return identity.Filter{
		Offset: int(in.Offset.within(p, "offset", 0, 0, math.MaxInt32)), Size: int(in.Size.within(p, "size", maxListed, 1, maxListed)),
	}
}

// codesIn names some of a list.
type codesIn struct {
	Codes List[Text] `json:"codes"`
}

// all has them done away with.
func (in codesIn) all(ctx context.Context, who access.Actor, remove func(context.Context, access.Actor, []string) error) (none, error) {
	var p errs.Fields
	in.Codes.need(&p, "codes", 1, maxListed)
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, remove(ctx, who, texts(in.Codes))
}

// renameIn gives new codes to some of a list.
type renameIn struct {
	Codes List[struct {
		Current Text `json:"currentCode"`
		New     Text `json:"newCode"`
	}] `json:"codes"`
}

func (in renameIn) all(ctx context.Context, who access.Actor, rename func(context.Context, access.Actor, []identity.Rename) error) (none, error) {
	var p errs.Fields
	in.Codes.need(&p, "codes", 1, maxListed)
	list := make([]identity.Rename, len(in.Codes))
	for i, c := range in.Codes {
		list[i] = identity.Rename{From: c.Current.need(&p, at("codes", i)+".currentCode"), To: c.New.need(&p, at("codes", i)+".newCode")}
	}
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, rename(ctx, who, list)
}

// codeIn names one of a list, and a page of what is in it.
type codeIn struct {
	Code Text `json:"code"`
}

func (in codeIn) code() (string, error) {
	var p errs.Fields
	code := in.Code.need(&p, "code")
	return code, p.Err()
}

type codePageIn struct {
	codeIn
	pagedIn
}

func (in codePageIn) read() (code string, f identity.Filter, err error) {
	var p errs.Fields
	code, f = in.Code.need(&p, "code"), in.filter(&p)
	return code, f, p.Err()
}
