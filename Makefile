# Engawa's commands. On a fresh machine with Go and Node, "make run" and "make test" install the rest.

MAKEFLAGS += --no-print-directory
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD = 1
export PUPPETEER_SKIP_DOWNLOAD = 1

# With a C compiler SQLite is the C library; without one it is the driver written in Go.
CGO := $(shell scripts/cc.sh && echo 1 || echo 0)
TAGS := -tags sqlite_fts5

WEB_SOURCES = $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -not -name '*.go')
GO_SOURCES = $(shell find . -name '*.go' -not -path '*/node_modules/*' -not -path './.cache/*')

.PHONY: help run build test test-go test-web test-e2e test-clients test-journeys bench fmt lint lint-go lint-web lint-e2e clean

help: ## show these commands
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: build ## build and start on http://127.0.0.1:8080 with demo data in ./data
	@bin/engawa serve --demo --log-level warn

build: .cache/web-built ## bin/engawa, with the web UI inside
	@echo "Building bin/engawa ..."
	@CGO_ENABLED=$(CGO) go build $(TAGS) -o bin/engawa ./cmd/server

test: ## everything: format, lint, Go on both databases, web, real clients, browser
	@scripts/test.sh

test-go: .cache/bin/gotest web/dist/.gitkeep ## Go tests, with the race detector, on SQLite and PostgreSQL, with cgo and without
	@scripts/test-go.sh

test-web: web/node_modules/.package-lock.json ## unit tests of the web UI
	@scripts/test-web.sh

test-e2e: build e2e/node_modules/.package-lock.json ## real clients and browser journeys against a started server
	@scripts/postgres.sh run scripts/test-e2e.sh

test-clients: build e2e/node_modules/.package-lock.json ## only the real clients, on both databases
	@scripts/postgres.sh run scripts/test-e2e.sh '--project=clients*'

test-journeys: build e2e/node_modules/.package-lock.json ## only the browser journeys
	@scripts/test-e2e.sh --project=journeys

bench: build .cache/bin/bench .cache/bin/limit ## the figures of docs/performance.md, on this machine; BENCH="-runs 1" is quicker, BENCH="-mix 10m" a mixed load
	@.cache/bin/bench $(BENCH) bin/engawa .cache/bin/limit

fmt: web/node_modules/.package-lock.json e2e/node_modules/.package-lock.json ## rewrite every file as the formatters want it
	@gofmt -w $(GO_SOURCES)
	@cd web && npx biome check --write .
	@cd e2e && npx biome check --write .

lint: lint-go lint-web lint-e2e ## formatters, type checkers and linters; changes nothing

lint-go: .cache/bin/staticcheck web/dist/.gitkeep
	@unformatted=$$(gofmt -l $(GO_SOURCES)); [ -z "$$unformatted" ] || { echo "not formatted (make fmt):"; echo "$$unformatted"; exit 1; }
	@CGO_ENABLED=$(CGO) go vet $(TAGS) ./...
	@CGO_ENABLED=$(CGO) .cache/bin/staticcheck $(TAGS) ./...
	@cd scripts/tools && go vet $(TAGS) ./... && ../../.cache/bin/staticcheck $(TAGS) ./...

lint-web: web/node_modules/.package-lock.json
	@cd web && npm run --silent check

lint-e2e: e2e/node_modules/.package-lock.json
	@cd e2e && npm run --silent check

clean: ## remove what was built, not the data
	@rm -rf bin .cache web/dist web/node_modules e2e/node_modules e2e/test-results

# npm writes this file last, so it is as new as the packages.
%/node_modules/.package-lock.json: %/package-lock.json
	@echo "Installing the packages of $* ..."
	@cd $* && npm ci --loglevel=error --no-fund --no-audit >/dev/null
	@touch $@

.cache/web-built: web/node_modules/.package-lock.json $(WEB_SOURCES)
	@mkdir -p .cache
	@echo "Building the web UI ..."
	@cd web && npm run --silent build -- --logLevel warn
	@touch web/dist/.gitkeep $@

# The folder that Go embeds has to exist, even before the web UI is built.
web/dist/.gitkeep:
	@mkdir -p web/dist && touch $@

# The repository's own tools, a Go module of their own so that Engawa does not depend on what they need.
.cache/bin/staticcheck: scripts/tools/go.mod
	@cd scripts/tools && go build -o ../../$@ honnef.co/go/tools/cmd/staticcheck
	@touch $@

.cache/bin/%: scripts/tools/go.mod $(wildcard scripts/tools/*/*.go)
	@cd scripts/tools && go build $(TAGS) -o ../../$@ ./$*
	@touch $@
