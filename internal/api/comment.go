package api

import (
	"context"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

type commentsIn struct {
	App    Int  `json:"app"`
	Record Int  `json:"record"`
	Order  Text `json:"order"`
	Offset Int  `json:"offset"`
	Limit  Int  `json:"limit"`
}

type commentOut struct {
	ID        string           `json:"id"`
	Text      string           `json:"text"`
	CreatedAt string           `json:"createdAt"`
	Creator   personOut        `json:"creator"`
	Mentions  []record.Mention `json:"mentions"`
}

type commentsOut struct {
	Comments []commentOut `json:"comments"`
	Older    bool         `json:"older"`
	Newer    bool         `json:"newer"`
}

// getComments answers GET /k/v1/record/comments.json. What people outside wrote has their name and no code. Texts end with a
// blank, as kintone's do.
// Source: kintone REST behaviour, comments.
func (a *API) getComments(ctx context.Context, who access.Actor, in commentsIn) (commentsOut, error) {
	var p errs.Fields
	out := commentsOut{Comments: []commentOut{}}
	app, n := in.App.app(&p, "app"), in.Record.record(&p, "record")
	order := strings.ToLower(string(in.Order)) // kintone's own description has it in capitals
	if order != "" && order != "asc" && order != "desc" {
		p.Add("order", "param.enum")
	}
	offset := int(in.Offset.within(&p, "offset", 0, 0, 1<<31-1))
	limit := int(in.Limit.within(&p, "limit", 10, 0, 10))
	set, err := a.open(ctx, who, app, &p)
	if err == nil {
		err = set.HasComments()
	}
	if err != nil {
		return out, err
	}
	dir, err := a.people.Directory(ctx)
	if err != nil {
		return out, err
	}
	list, more, err := set.Comments(ctx, n, order == "asc", offset, limit)
	for _, c := range list {
		out.Comments = append(out.Comments, commentOut{
			ID: id.String(c.ID), Text: c.Plain(dir) + " ", CreatedAt: c.CreatedAt.Format("2006-01-02T15:04:05Z"),
			Creator: personOut{c.Author.Code, c.Author.Name}, Mentions: mentions(c.Mentions),
		})
	}
	out.Older, out.Newer = more, offset > 0
	if order == "asc" {
		out.Older, out.Newer = offset > 0, more
	}
	return out, err
}

func mentions(list []record.Mention) []record.Mention {
	if list == nil {
		return []record.Mention{}
	}
	return list
}

type addCommentIn struct {
	App     Int `json:"app"`
	Record  Int `json:"record"`
	Comment *struct {
		Text     Text             `json:"text"`
		Mentions []record.Mention `json:"mentions"`
		Lane     Text             `json:"lane"`
	} `json:"comment"`
}

type idOut struct {
	ID string `json:"id"`
}

// addComment answers POST /k/v1/record/comment.json: comments of kintone's clients are internal, and begin with the names of
// those they mention.
func (a *API) addComment(ctx context.Context, who access.Actor, in addCommentIn) (idOut, error) {
	return a.comment(ctx, who, in, record.Internal, true)
}

// addLanedComment answers POST /api/v1/record/comment: the lane has to be said.
func (a *API) addLanedComment(ctx context.Context, who access.Actor, in addCommentIn) (idOut, error) {
	var lane record.Lane
	if in.Comment != nil {
		lane = record.Lane(in.Comment.Lane)
	}
	return a.comment(ctx, who, in, lane, false)
}

func (a *API) comment(ctx context.Context, who access.Actor, in addCommentIn, lane record.Lane, call bool) (idOut, error) {
	var p errs.Fields
	app, n := in.App.app(&p, "app"), in.Record.record(&p, "record")
	if in.Comment == nil {
		p.Add("comment", "param.required")
	}
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return idOut{}, err
	}
	added, err := set.AddComment(ctx, n, record.Comment{Lane: lane, Text: string(in.Comment.Text), Mentions: in.Comment.Mentions, Call: call})
	return idOut{id.String(added)}, err
}

type deleteCommentIn struct {
	App     Int `json:"app"`
	Record  Int `json:"record"`
	Comment Int `json:"comment"`
}

// deleteComment answers DELETE /k/v1/record/comment.json.
func (a *API) deleteComment(ctx context.Context, who access.Actor, in deleteCommentIn) (none, error) {
	var p errs.Fields
	app, n := in.App.app(&p, "app"), in.Record.record(&p, "record")
	comment := id.Comment(in.Comment.need(&p, "comment", 1))
	set, err := a.open(ctx, who, app, &p)
	if err == nil {
		err = set.HasComments()
	}
	if err != nil {
		return none{}, err
	}
	return none{}, set.DeleteComment(ctx, n, comment)
}

type talkIn struct {
	App    Int `json:"app"`
	Record Int `json:"record"`
	Offset Int `json:"offset"`
}

type authorOut struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Outside bool   `json:"outside"`
}

type talkComment struct {
	ID        string           `json:"id"`
	Lane      record.Lane      `json:"lane"`
	Text      string           `json:"text"`
	CreatedAt string           `json:"createdAt"`
	Author    authorOut        `json:"author"`
	Mentions  []record.Mention `json:"mentions"`
	Mine      bool             `json:"mine"`
}

type talkOut struct {
	Comments []talkComment `json:"comments"`
	More     bool          `json:"more"`
}

// talkPage is how many comments a screen asks for at a time.
const talkPage = 50

// getTalk answers GET /api/v1/record/comments: both lanes, with who is outside.
func (a *API) getTalk(ctx context.Context, who access.Actor, in talkIn) (talkOut, error) {
	var p errs.Fields
	out := talkOut{Comments: []talkComment{}}
	app, n := in.App.app(&p, "app"), in.Record.record(&p, "record")
	offset := int(in.Offset.within(&p, "offset", 0, 0, 1<<31-1))
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return out, err
	}
	list, more, err := set.Comments(ctx, n, false, offset, talkPage)
	for _, c := range list {
		out.Comments = append(out.Comments, talkComment{
			ID: id.String(c.ID), Lane: c.Lane, Text: c.Text, CreatedAt: instant(c.CreatedAt),
			Author: authorOut{c.Author.Code, c.Author.Name, c.Outside}, Mentions: mentions(c.Mentions), Mine: c.Mine,
		})
	}
	out.More = more
	return out, err
}
