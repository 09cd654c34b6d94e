package api

import (
	"context"
	"regexp"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

type titleField struct {
	Mode string `json:"selectionMode"`
	Code string `json:"code,omitempty"`
}

type precisionOut struct {
	Digits        string `json:"digits"`
	DecimalPlaces string `json:"decimalPlaces"`
	RoundingMode  string `json:"roundingMode"`
}

type generalOut struct {
	Name                      string       `json:"name"`
	Description               string       `json:"description"`
	Icon                      app.Icon     `json:"icon"`
	Theme                     string       `json:"theme"`
	TitleField                titleField   `json:"titleField"`
	EnableThumbnails          bool         `json:"enableThumbnails"`
	EnableBulkDeletion        bool         `json:"enableBulkDeletion"`
	EnableComments            bool         `json:"enableComments"`
	EnableDuplicateRecord     bool         `json:"enableDuplicateRecord"`
	EnableInlineRecordEditing bool         `json:"enableInlineRecordEditing"`
	NumberPrecision           precisionOut `json:"numberPrecision"`
	FirstMonthOfFiscalYear    string       `json:"firstMonthOfFiscalYear"`
	Revision                  string       `json:"revision"`
}

// getGeneral answers GET /k/v1/app/settings.json and its preview.
func (a *API) getGeneral(ctx context.Context, who access.Actor, in settingsIn, preview bool) (generalOut, error) {
	st, lens, err := a.settings(ctx, who, in, preview)
	if err != nil {
		return generalOut{}, err
	}
	title := titleField{Mode: "AUTO"}
	if _, visible := lens.Sight(st.TitleField); visible || preview && st.TitleField != "" {
		title = titleField{"MANUAL", st.TitleField}
	}
	pr := st.Precision.Effective()
	return generalOut{
		Name: st.Name, Description: st.Description, Icon: st.Icon, Theme: st.Theme, TitleField: title,
		EnableThumbnails: !st.NoThumbnails, EnableBulkDeletion: st.BulkDeletion, EnableComments: !st.NoComments,
		EnableDuplicateRecord: !st.NoDuplicate, EnableInlineRecordEditing: !st.NoInlineEditing,
		NumberPrecision:        precisionOut{strconv.Itoa(pr.Digits), strconv.Itoa(*pr.DecimalPlaces), pr.RoundingMode},
		FirstMonthOfFiscalYear: strconv.Itoa(st.FiscalStart()), Revision: st.RevisionText(),
	}, nil
}

type setGeneralIn struct {
	App         Int     `json:"app"`
	Name        *Text   `json:"name"`
	Description *Text   `json:"description"`
	Icon        *iconIn `json:"icon"`
	Theme       *Text   `json:"theme"`
	TitleField  *struct {
		Mode Text `json:"selectionMode"`
		Code Text `json:"code"`
	} `json:"titleField"`
	EnableThumbnails          Bool `json:"enableThumbnails"`
	EnableBulkDeletion        Bool `json:"enableBulkDeletion"`
	EnableComments            Bool `json:"enableComments"`
	EnableDuplicateRecord     Bool `json:"enableDuplicateRecord"`
	EnableInlineRecordEditing Bool `json:"enableInlineRecordEditing"`
	NumberPrecision           *struct {
		Digits        Int  `json:"digits"`
		DecimalPlaces Int  `json:"decimalPlaces"`
		RoundingMode  Text `json:"roundingMode"`
	} `json:"numberPrecision"`
	FirstMonthOfFiscalYear Int `json:"firstMonthOfFiscalYear"`
	Revision               Int `json:"revision"`
}

var themes = map[Text]bool{
	"WHITE": true, "RED": true, "GREEN": true, "BLUE": true, "YELLOW": true, "BLACK": true,
	"CLIPBOARD": true, "BINDER": true, "PENCIL": true, "CLIPS": true,
}

// maxPlaces is how many decimals a number may have.
// Source: kintone REST API, numberPrecision.
const maxPlaces = 10

var roundings = map[Text]bool{"": true, "HALF_EVEN": true, "UP": true, "DOWN": true}

// maxDescription is the length of an app's description, in characters.
const maxDescription = 10_000

// setGeneral answers PUT /k/v1/preview/app/settings.json: what is not mentioned stays.
func (a *API) setGeneral(ctx context.Context, who access.Actor, in setGeneralIn) (revisionOut, error) {
	var p errs.Fields
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		return in.apply(s, p)
	})
	return revisionOut{revisionText(rev)}, err
}

func (in *setGeneralIn) apply(s *app.Settings, p *errs.Fields) error {
	if in.Name != nil {
		s.SetName(string(*in.Name), p)
	}
	if in.Description != nil {
		if len([]rune(string(*in.Description))) > maxDescription {
			p.Add("description", "param.length", errs.Args{"min": 0, "max": maxDescription})
		}
		s.Description = field.CleanHTML(string(*in.Description))
	}
	if in.Theme != nil {
		if !themes[*in.Theme] {
			p.Add("theme", "param.enum")
		}
		s.Theme = string(*in.Theme)
	}
	if in.Icon != nil {
		if err := in.Icon.apply(s, p); err != nil {
			return err
		}
	}
	if t := in.TitleField; t != nil {
		switch t.Mode {
		case "AUTO":
			s.TitleField = ""
		case "MANUAL":
			s.SetTitleField(string(t.Code), p)
		case "":
			p.Add("titleField.selectionMode", "param.required")
		default:
			p.Add("titleField.selectionMode", "param.enum")
		}
	}
	s.NoThumbnails = !in.EnableThumbnails.or(p, "enableThumbnails", !s.NoThumbnails)
	s.BulkDeletion = in.EnableBulkDeletion.or(p, "enableBulkDeletion", s.BulkDeletion)
	s.NoComments = !in.EnableComments.or(p, "enableComments", !s.NoComments)
	s.NoDuplicate = !in.EnableDuplicateRecord.or(p, "enableDuplicateRecord", !s.NoDuplicate)
	s.NoInlineEditing = !in.EnableInlineRecordEditing.or(p, "enableInlineRecordEditing", !s.NoInlineEditing)
	s.FiscalMonth = int(in.FirstMonthOfFiscalYear.within(p, "firstMonthOfFiscalYear", int64(s.FiscalStart()), 1, 12))
	if n := in.NumberPrecision; n != nil {
		pr := s.Precision.Effective()
		pr.Digits = int(n.Digits.within(p, "numberPrecision.digits", int64(pr.Digits), 1, 30))
		places := int(n.DecimalPlaces.within(p, "numberPrecision.decimalPlaces", int64(*pr.DecimalPlaces), 0, maxPlaces))
		if places > pr.Digits && places <= maxPlaces {
			p.Add("numberPrecision.decimalPlaces", "param.max", errs.Args{"max": pr.Digits})
		}
		pr.DecimalPlaces = &places
		if !roundings[n.RoundingMode] {
			p.Add("numberPrecision.roundingMode", "param.enum")
		} else if n.RoundingMode != "" {
			pr.RoundingMode = string(n.RoundingMode)
		}
		s.Precision = pr
	}
	return nil
}

type iconIn struct {
	Type Text    `json:"type"`
	Key  Text    `json:"key"`
	File *fileIn `json:"file"`
}

// fileIn names an upload; what else clients send along is not asked.
type fileIn struct {
	Key Text `json:"fileKey"`
}

// presets are the icons that are there without uploading: APP1 to APP90.
var presets = regexp.MustCompile(`^APP([1-9]|[1-8][0-9]|90)$`)

func (in *iconIn) apply(s *app.Settings, p *errs.Fields) error {
	switch in.Type {
	case "":
		p.Add("icon.type", "param.required")
	case "PRESET":
		key := in.Key.need(p, "icon.key")
		if key != "" && !presets.MatchString(key) {
			p.Add("icon.key", "param.enum")
		}
		s.Icon = app.Icon{Type: "PRESET", Key: key}
	case "FILE":
		if in.File == nil || in.File.Key == "" {
			p.Add("icon.file.fileKey", "param.required")
			return nil
		}
		return s.SetIconFile(string(in.File.Key), p)
	default:
		p.Add("icon.type", "param.enum")
	}
	return nil
}
