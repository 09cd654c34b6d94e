package api

import "slices"

// Routes is the whole surface. The server mounts it, bulkRequest looks calls up in it, openapi.yaml is compared with it,
// and the leak test walks it.
func (a *API) Routes() []Route {
	return slices.Concat(
		a.recordRoutes(),
		a.linkRoutes(),
		a.processRoutes(),
		a.categoryRoutes(),
		a.appRoutes(),
		a.recalculationRoutes(),
		a.peopleRoutes(),
		a.transferRoutes(),
		a.shareRoutes(),
		a.noticeRoutes(),
		a.webhookRoutes(),
		a.reportRoutes(),
		a.spaceRoutes(),
		a.threadCommentRoutes(),
		a.docRoutes(),
		a.catalogueRoutes(),
		a.searchRoutes(),
	)
}

func (a *API) recordRoutes() []Route {
	return []Route{
		route("GET", "/k/v1/record.json", a.getRecord),
		route("POST", "/k/v1/record.json", a.addRecord),
		route("PUT", "/k/v1/record.json", a.updateRecord),
		route("GET", "/k/v1/records.json", a.getRecords),
		route("POST", "/k/v1/records.json", a.addRecords),
		route("PUT", "/k/v1/records.json", a.updateRecords),
		route("DELETE", "/k/v1/records.json", a.deleteRecords),
		route("POST", "/k/v1/records/cursor.json", a.addCursor),
		route("GET", "/k/v1/records/cursor.json", a.getCursor),
		route("DELETE", "/k/v1/records/cursor.json", a.deleteCursor),
		route("POST", "/k/v1/bulkRequest.json", a.bulkRequest),
		route("GET", "/k/v1/record/comments.json", a.getComments),
		route("POST", "/k/v1/record/comment.json", a.addComment),
		route("DELETE", "/k/v1/record/comment.json", a.deleteComment),
		stream("POST", "/k/v1/file.json", a.uploadFile),
		stream("GET", "/k/v1/file.json", a.downloadFile),
		stream("GET", "/api/v1/thumbnail", a.getThumbnail),

		route("POST", "/api/v1/record/draft", a.draftRecord),
		route("GET", "/api/v1/record/history", a.getHistory),
		route("POST", "/api/v1/record/revert", a.revertRecord),
		route("GET", "/api/v1/record/neighbours", a.getNeighbours),
		route("GET", "/api/v1/record/comments", a.getTalk),
		route("POST", "/api/v1/record/comment", a.addLanedComment),
		route("DELETE", "/api/v1/record/comment", a.deleteComment),
		route("GET", "/api/v1/records/count", a.countRecords),
		route("GET", "/api/v1/trash", a.getTrash),
		route("POST", "/api/v1/trash/restore", a.restoreRecords),
	}
}

func (a *API) appRoutes() []Route {
	return slices.Concat(
		both("app/form/fields.json", a.getFields),
		both("app/form/layout.json", a.getLayout),
		both("form.json", a.getFormList),
		both("app/views.json", a.getViews),
		both("app/settings.json", a.getGeneral),
		a.permissionRoutes(),
		a.noticeRuleRoutes(),
		a.actionRoutes(),
		a.adminNoteRoutes(),
		a.nameRoutes(),
		a.pluginRoutes(),
		a.customizeRoutes(),
		[]Route{
			route("GET", "/k/v1/app.json", a.getApp),
			route("GET", "/k/v1/apps.json", a.getApps),
			route("GET", "/k/v1/apps/statistics.json", a.getAppStatistics),
			route("POST", "/k/v1/preview/app.json", a.addApp),
			route("POST", "/k/v1/preview/app/deploy.json", a.deploy),
			route("GET", "/k/v1/preview/app/deploy.json", a.getDeploy),
			route("POST", "/k/v1/preview/app/form/fields.json", a.addFields),
			route("PUT", "/k/v1/preview/app/form/fields.json", a.updateFields),
			route("DELETE", "/k/v1/preview/app/form/fields.json", a.deleteFields),
			route("PUT", "/k/v1/preview/app/form/layout.json", a.setLayout),
			route("PUT", "/k/v1/preview/app/views.json", a.setViews),
			route("PUT", "/k/v1/preview/app/settings.json", a.setGeneral),

			route("GET", "/api/v1/app", a.getAppInfo),
			route("DELETE", "/api/v1/app", a.deleteApp),
			route("GET", "/api/v1/app/code", a.getAppCode),
			route("PUT", "/api/v1/app/code", a.setAppCode),
			route("GET", "/api/v1/app/tokens", a.getTokens),
			route("POST", "/api/v1/app/tokens", a.addToken),
			route("DELETE", "/api/v1/app/tokens", a.deleteToken),
		},
	)
}

func (a *API) peopleRoutes() []Route {
	return append(common(slices.Concat(a.userRoutes(), a.organizationRoutes(), a.groupRoutes(), a.rosterRoutes(), a.accountRoutes())...),
		route("GET", "/api/v1/users/suggest", a.suggestUsers),
		route("GET", "/api/v1/principals/suggest", a.suggestPrincipals),
	)
}

func (a *API) userRoutes() []Route {
	return []Route{
		route("GET", "/v1/users.json", a.getUsers),
		route("POST", "/v1/users.json", a.addUsers),
		route("PUT", "/v1/users.json", a.updateUsers),
		route("DELETE", "/v1/users.json", a.deleteUsers),
		route("PUT", "/v1/users/codes.json", a.renameUsers),
		route("GET", "/v1/users/services.json", a.getServices),
		route("PUT", "/v1/users/services.json", a.setServices),
	}
}

func (a *API) accountRoutes() []Route {
	return []Route{
		open(stream("POST", "/api/v1/login", a.login)),
		open(stream("POST", "/api/v1/logout", a.logout)),
		open(stream("POST", "/api/v1/setup", a.setUp)),
		route("GET", "/api/v1/me", a.getMe),
		route("PUT", "/api/v1/me", a.putMe),
		stream("PUT", "/api/v1/me/password", a.putPassword),
		route("PUT", "/api/v1/users/suspend", a.suspendUser),
		route("POST", "/api/v1/users/unlock", a.unlockUser),
	}
}
