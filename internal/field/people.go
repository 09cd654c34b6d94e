package field

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/rawjson"
)

// LoginUser is the default of a user selection that means whoever adds the record.
const LoginUser = "LOGINUSER()"

// PrimaryOrganization is the default of an organisation selection that means the one of whoever adds the record.
const PrimaryOrganization = "PRIMARY_ORGANIZATION()"

// principals is USER_SELECT, ORGANIZATION_SELECT and GROUP_SELECT: members of one part of the directory, in the order
// they were chosen.
type principals struct {
	unknown string                                         // the problem of a code that the directory does not know
	byCode  func(dir Directory, code string) (int64, bool) // to the id
	byID    func(dir Directory, n int64) (code, name string)
	mine    string               // the default that stands for the caller's own, "" is none
	own     func(env *Env) int64 // what it stands for, 0 is nothing
}

var (
	users = principals{
		unknown: "field.unknownUser",
		byCode: func(dir Directory, code string) (int64, bool) {
			u, ok := dir.UserByCode(code)
			return int64(u.ID), ok
		},
		byID: func(dir Directory, n int64) (code, name string) {
			u, _ := dir.User(id.User(n))
			return u.Code, u.Name
		},
		mine: LoginUser, own: func(env *Env) int64 { return int64(env.Me) },
	}
	organizations = principals{
		unknown: "field.unknownOrganization",
		byCode: func(dir Directory, code string) (int64, bool) {
			o, ok := dir.OrganizationByCode(code)
			return o.ID, ok
		},
		byID: func(dir Directory, n int64) (code, name string) {
			o, _ := dir.Organization(id.Organization(n))
			return o.Code, o.Name
		},
		mine: PrimaryOrganization, own: func(env *Env) int64 { return int64(env.Primary) },
	}
	groups = principals{
		unknown: "field.unknownGroup",
		byCode: func(dir Directory, code string) (int64, bool) {
			g, ok := dir.GroupByCode(code)
			return g.ID, ok
		},
		byID: func(dir Directory, n int64) (code, name string) {
			g, _ := dir.Group(id.Group(n))
			return g.Code, g.Name
		},
	}
)

// principalTypes are the types of entity that the members of a selection are.
var principalTypes = map[Type]string{UserSelect: "USER", OrganizationSelect: "ORGANIZATION", GroupSelect: "GROUP"}

// Principal is the type of entity that the values of a type are: USER, ORGANIZATION or GROUP; "" when they are none.
// A field of such a type can stand for whom it holds, in permissions for example.
func (t Type) Principal() string {
	switch t {
	case Creator, Modifier, StatusAssignee:
		return "USER"
	}
	return principalTypes[t]
}

// StandsIn reports whether code, as a default of fields of type t, means the caller's own: LOGINUSER() does so where users are
// chosen, PRIMARY_ORGANIZATION() where organisations are.
// Source: kintone REST behaviour, defaults.
func (t Type) StandsIn(code string) bool {
	k, ok := kinds[t].(principals)
	return ok && k.mine != "" && code == k.mine
}

func (principals) Storage() Storage { return List }
func (principals) Ops() Ops         { return OpIn }

func (k principals) Decode(_ *Field, raw json.RawMessage, env *Env, p Problems) Value {
	var in []struct {
		Code string `json:"code"`
	}
	if len(raw) > 0 && rawjson.Unmarshal(raw, &in) != nil {
		p.Add(".values.value", "field.notList")
		return ""
	}
	var list []int64
	for i, c := range in {
		n, ok := k.byCode(env.Directory, c.Code)
		if !ok {
			p.Add(".values["+strconv.Itoa(i)+"].value.code", k.unknown, errs.Args{"code": c.Code})
			continue
		}
		if !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return ListValue(list)
}

func (principals) Check(f *Field, v Value, _ *Env, p Problems) {
	required(f, v, ".values.value", p)
}

// AppendValue leaves out who was deleted, so that a value can be written as it was read.
func (k principals) AppendValue(dst []byte, _ *Field, stored []byte, dir Directory) []byte {
	return k.appendMembers(dst, stored, dir, false)
}

// appendMembers writes a list of {code, name}, with who was deleted or without.
func (k principals) appendMembers(dst, stored []byte, dir Directory, deleted bool) []byte {
	dst = append(dst, '[')
	comma := false
	for n := range Members(string(stored)) {
		code, name := k.byID(dir, n)
		if code == "" && !deleted {
			continue
		}
		if comma {
			dst = append(dst, ',')
		}
		dst = appendPrincipal(dst, code, name)
		comma = true
	}
	return append(dst, ']')
}

func (k principals) Literal(_ *Field, s string, env *Env) (Value, bool) {
	if s == "" {
		return "", true
	}
	n, ok := k.byCode(env.Directory, s)
	return Value(strconv.FormatInt(n, 10)), ok
}

func (k principals) DefaultValue(f *Field, env *Env) Value {
	var list []int64
	for _, code := range f.Default {
		n, ok := int64(0), false
		if f.Type.StandsIn(code) {
			n = k.own(env)
			ok = n != 0
		} else {
			n, ok = k.byCode(env.Directory, code)
		}
		if ok && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return ListValue(list)
}

// person is CREATOR and MODIFIER.
type person struct{}

func (person) Storage() Storage { return Integer }
func (person) Ops() Ops         { return OpIn }

func (person) Decode(_ *Field, raw json.RawMessage, env *Env, p Problems) Value {
	var in struct {
		Code string `json:"code"`
	}
	if rawjson.Unmarshal(raw, &in) != nil {
		p.Add(".value", "field.notUser")
		return ""
	}
	u, ok := env.Directory.UserByCode(in.Code)
	if !ok {
		p.Add(".value.code", "field.unknownUser", errs.Args{"code": in.Code})
		return ""
	}
	return Value(id.String(u.ID))
}

func (person) Check(*Field, Value, *Env, Problems) {}

// AppendValue writes a code and a name that are empty for who was deleted.
// Source: kintone REST behaviour, values by field type.
func (person) AppendValue(dst []byte, _ *Field, stored []byte, dir Directory) []byte {
	n, _ := strconv.ParseInt(string(stored), 10, 64)
	code, name := users.byID(dir, n)
	return appendPrincipal(dst, code, name)
}

func (person) Literal(f *Field, s string, env *Env) (Value, bool) { return users.Literal(f, s, env) }

// appendPrincipal writes {code, name}; both are empty for one that was deleted.
func appendPrincipal(dst []byte, code, name string) []byte {
	dst = append(dst, `{"code":`...)
	dst = AppendString(dst, code)
	dst = append(dst, `,"name":`...)
	dst = AppendString(dst, name)
	return append(dst, '}')
}
