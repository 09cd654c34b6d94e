package app

import (
	"encoding/json"
	"strings"
)

// numeral is a number of a request as text, whichever of the two it was written as. What else was written it holds as it is,
// for its reader to refuse where it stands; null is "".
// Source: kintone REST behaviour, requests.
type numeral string

// UnmarshalJSON takes everything.
func (n *numeral) UnmarshalJSON(raw []byte) error {
	if raw[0] == '"' {
		return json.Unmarshal(raw, (*string)(n))
	}
	*n = numeral(strings.TrimSuffix(string(raw), "null"))
	return nil
}
