package field

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// LoginUser is the default of a user selection that means whoever adds the record.
const LoginUser = "LOGINUSER()"

// people is USER_SELECT: users in the order they were chosen.
type people struct{}

func (people) Storage() Storage { return List }
func (people) Ops() Ops         { return OpIn }

func (people) Decode(_ *Field, raw json.RawMessage, env *Env, path string, p Problems) Value {
	var in []struct {
		Code string `json:"code"`
	}
	if len(raw) > 0 && json.Unmarshal(raw, &in) != nil {
		p.Add(path+".values.value", "field.notList")
		return ""
	}
	var list []int64
	for i, c := range in {
		u, ok := env.Directory.UserByCode(c.Code)
		if !ok {
			p.Add(path+".values["+strconv.Itoa(i)+"].value.code", "field.unknownUser", errs.Args{"code": c.Code})
			continue
		}
		if !slices.Contains(list, int64(u.ID)) {
			list = append(list, int64(u.ID))
		}
	}
	return ListValue(list)
}

func (people) Check(f *Field, v Value, _ *Env, path string, p Problems) {
	required(f, v, path+".values.value", p)
}

func (people) AppendValue(dst []byte, _ *Field, stored []byte, dir Directory) []byte {
	dst = append(dst, '[')
	comma := false
	for n := range Members(string(stored)) {
		if comma {
			dst = append(dst, ',')
		}
		dst = appendPerson(dst, dir, id.User(n))
		comma = true
	}
	return append(dst, ']')
}

func (people) Literal(_ *Field, s string, env *Env) (Value, bool) {
	return person{}.Literal(nil, s, env)
}

func (people) DefaultValue(f *Field, env *Env) Value {
	var list []int64
	for _, code := range f.Default {
		if code == LoginUser {
			if env.Me != 0 {
				list = append(list, int64(env.Me))
			}
		} else if u, ok := env.Directory.UserByCode(code); ok {
			list = append(list, int64(u.ID))
		}
	}
	return ListValue(list)
}

// person is CREATOR and MODIFIER.
type person struct{}

func (person) Storage() Storage { return Integer }
func (person) Ops() Ops         { return OpIn }

func (person) Decode(_ *Field, raw json.RawMessage, env *Env, path string, p Problems) Value {
	var in struct {
		Code string `json:"code"`
	}
	if json.Unmarshal(raw, &in) != nil {
		p.Add(path+".value", "field.notUser")
		return ""
	}
	u, ok := env.Directory.UserByCode(in.Code)
	if !ok {
		p.Add(path+".value.code", "field.unknownUser", errs.Args{"code": in.Code})
		return ""
	}
	return Value(id.String(u.ID))
}

func (person) Check(*Field, Value, *Env, string, Problems) {}

func (person) AppendValue(dst []byte, _ *Field, stored []byte, dir Directory) []byte {
	n, _ := strconv.ParseInt(string(stored), 10, 64)
	return appendPerson(dst, dir, id.User(n))
}

func (person) Literal(_ *Field, s string, env *Env) (Value, bool) {
	if s == "" {
		return "", true
	}
	u, ok := env.Directory.UserByCode(s)
	return Value(id.String(u.ID)), ok
}

// appendPerson writes {code, name}; both are empty for a user who was deleted.
func appendPerson(dst []byte, dir Directory, u id.User) []byte {
	who, _ := dir.User(u)
	dst = append(dst, `{"code":`...)
	dst = AppendString(dst, who.Code)
	dst = append(dst, `,"name":`...)
	dst = AppendString(dst, who.Name)
	return append(dst, '}')
}
