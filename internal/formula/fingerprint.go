package formula

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/field"
)

// Fingerprint is the same for two plans that give every record the same values: renaming a field does not change it,
// changing a formula, the precision or the name of an option does. Of a plan without formulas it is "".
func (p *Plan) Fingerprint() string { return p.print }

func (p *Plan) fingerprint(rules Rules) string {
	if len(p.steps) == 0 {
		return ""
	}
	type computed struct {
		Field   int64
		Type    field.Type
		Dates   bool
		Formula string
		Options []field.Option
	}
	doc := struct {
		Rules  Rules
		Fields []computed
	}{Rules: Rules{rules.Precision.Effective(), rules.FiscalStart}}
	for _, s := range p.steps {
		c := computed{Field: int64(s.field.ID), Type: s.field.Type, Dates: !s.field.Amount(), Formula: s.source()}
		for _, f := range s.uses {
			c.Options = append(c.Options, f.Options...)
		}
		doc.Fields = append(doc.Fields, c)
	}
	b, err := json.Marshal(doc)
	if err != nil {
		panic(err) // plain values always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// source is the formula with ids in the place of field codes.
func (s *step) source() string {
	to := map[string]string{}
	for _, f := range s.uses {
		to[f.Code] = "#" + strconv.FormatInt(int64(f.ID), 10) + string(f.Type) + f.Format
	}
	return strings.TrimSpace(Rename(s.field.Expression, to))
}
