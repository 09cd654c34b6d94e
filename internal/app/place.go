package app

import (
	"cmp"
	"encoding/json"
	"regexp"

	"github.com/engawa/engawa/internal/field"
)

// Place is a field, or a decoration (LABEL, SPACER, HR), in a row.
type Place struct {
	Type      string `json:"type"`
	Code      string `json:"code,omitempty"`
	Label     string `json:"label,omitempty"`
	ElementID string `json:"elementId,omitempty"`
	Size      *Size  `json:"size,omitempty"`
}

// Size is in pixels; what is empty is as our screens draw it (Place.MarshalJSON).
type Size struct {
	Width       Pixels `json:"width,omitempty"`
	Height      Pixels `json:"height,omitempty"`
	InnerHeight Pixels `json:"innerHeight,omitempty"`
}

// Pixels is a whole number as text. Requests may write it as a number, too.
type Pixels string

// UnmarshalJSON takes text and numbers; whether it is whole is for CheckLayout to say.
func (px *Pixels) UnmarshalJSON(raw []byte) error { return (*numeral)(px).UnmarshalJSON(raw) }

// wholePixels is what a size may be, or nothing.
var wholePixels = regexp.MustCompile(`^[0-9]{0,5}$`)

// What our screens draw where a layout says no size.
const (
	usualWidth       Pixels = "220"
	usualRuleWidth   Pixels = "480" // of an HR
	usualGap         Pixels = "10"  // the height of a SPACER
	usualInnerHeight Pixels = "80"  // of a text of several lines
)

// decorations stand only in layouts.
var decorations = map[string]bool{"LABEL": true, "SPACER": true, "HR": true}

// MarshalJSON writes every member that the API shows of a place of its type. Programs read size.width without asking whether
// it is there, so a size that nobody gave is written as our screens draw it.
// Source: the typings of kintone's JavaScript client, layouts.
func (pl Place) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Type      string  `json:"type"`
		Code      string  `json:"code,omitempty"`
		Label     *string `json:"label,omitempty"`
		ElementID *string `json:"elementId,omitempty"`
		Size      *Size   `json:"size,omitempty"`
	}{pl.Type, pl.Code, member(pl.Label, pl.Type == "LABEL"), member(pl.ElementID, pl.Type == "SPACER"), pl.size()})
}

// member is a text that is always there, or only when it says something.
func member(text string, always bool) *string {
	if text == "" && !always {
		return nil
	}
	return &text
}

// size is the size of a place with what its type has to have; a list of related records has none unless it was given.
func (pl Place) size() *Size {
	if pl.Type == string(field.ReferenceTable) {
		return pl.Size
	}
	var size Size
	if pl.Size != nil {
		size = *pl.Size
	}
	width := usualWidth
	switch pl.Type {
	case "HR":
		width = usualRuleWidth
	case "SPACER":
		size.Height = cmp.Or(size.Height, usualGap)
	case string(field.MultiLineText), string(field.RichText):
		size.InnerHeight = cmp.Or(size.InnerHeight, usualInnerHeight)
	}
	size.Width = cmp.Or(size.Width, width)
	return &size
}
