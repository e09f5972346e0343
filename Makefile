# Dossier: build, look, test. Needs Go; what readers get is tested with Chromium, Firefox, Node.js and npm.

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: charts bench-charts example test modules race check proof hostile faults shots fuzz golden bench bench-search

# Build the example report of this repository and show it.
example:
	go run ./cmd/dossier build --open

# Everything that must hold before a change is accepted. What takes longest begins
# first, and the hostile campaign, which mostly waits for a browser, runs beside
# the rest. The race detector looks at the packages that work at several things
# at once; "make race" takes Hugo with them, which needs a quarter of an hour.
CONCURRENT = ./generator/cores ./generator/diag ./generator/load ./generator/lint ./generator/model ./generator/markdown ./generator/page ./generator/feed ./generator/output
test: check modules
	@go test -timeout 20m -run '^TestHostile$$' ./generator/proof & hostile=$$!; \
	go test -timeout 20m -skip '^TestHostile$$' ./generator/proof ./...; rest=$$?; \
	wait $$hostile && exit $$rest
	go test -race -short -timeout 20m $(CONCURRENT)

# What the tests ask Node.js for, as the lock files say. Without npm those tests are left out.
modules:
	@command -v npm >/dev/null || { echo "there is no npm: tests of markup, accessibility and charts are left out"; exit 0; }; \
	for dir in generator/proof generator/chart/client; do \
	  [ $$dir/node_modules/.package-lock.json -nt $$dir/package-lock.json ] || (cd $$dir && npm ci) || exit 1; \
	done

race:
	go test -race -timeout 60m ./...

check:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "not formatted with gofmt:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...

# What the pages promise to people (axe-core, html-validate, 320 px, keyboard, print, no
# JavaScript) as in "make test", but on every sample.
proof:
	go test -count=1 -timeout 40m ./generator/proof -every

# Every payload in every field of every kind of record, each in a record of its own: 70,000 attempts, a quarter of an hour.
# "make test" has each payload in every eighth field, and opens every second page.
hostile:
	go test -count=1 -v -timeout 60m -run TestHostile ./generator/proof -every

# A hundred builds killed at random moments, and a thousand of the part that puts a site in place; two hundred changes, after each of
# which the site must be that of a clean build. A full disk needs the right to mount one.
faults:
	DOSSIER_KILLS=100 go test -count=1 -v -timeout 60m -run 'TestKilledBuild|TestFullDisk|TestTwoBuilds' ./cmd/dossier
	DOSSIER_STEPS=200 go test -count=1 -v -timeout 60m -run TestIncrementalIsClean ./generator
	DOSSIER_KILLS=1000 go test -count=1 -v -timeout 60m -run 'TestKill$$|TestFull|TestReadOnly|TestClock' ./generator/output

# Pictures of every kind of page, in generator/proof/shots.
shots:
	go test -count=1 -timeout 40m -run 'TestShots|TestPrint' ./generator/proof -shots

# The script that makes charts answer, built from generator/chart/client with pinned versions: the same bytes on every machine. Needs Node.js and npm.
charts:
	cd generator/chart/client && npm ci && npm run build

# Drawings against ECharts' own SVG renderer, embedded in a Go program and in Node.js, from the same options: places of all marks, bytes, milliseconds.
# Needs Node.js and npm.
bench-charts:
	go test -count=1 -v -tags rival -run TestRival ./generator/chart

# What a site costs, beside plain Hugo with the same templates: time, memory, and one edited record. Only the ratios of one run
# mean anything, on a machine that does nothing else. 10,000 entities need 16 GB for the rival.
SIZES = 1000,10000
bench:
	DOSSIER_BENCH_SIZES=$(SIZES) go test -count=1 -v -timeout 3h -tags bench -run TestCost ./generator

# The search index against MiniSearch, on the same documents: bytes, cost, first results, milliseconds in Node.js and in Chromium; and what a query
# loads of a report with 20,000 entities. Needs Node.js, npm and Chromium.
bench-search:
	go test -count=1 -v -tags rival -run 'TestRival|TestLargeReport|TestExampleIsOneSmallFile' ./generator/search
	go test -run '^$$' -bench . ./generator/search

# Long campaigns: every fuzz test for FUZZTIME, one after another.
FUZZTIME = 10m
fuzz:
	@set -e; for pkg in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "== $$pkg $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$pkg; \
	  done; \
	done

# Write the expected files of all tests anew; read the difference before you commit it.
GOLDEN = ./cmd/dossier ./generator/chart ./generator/feed ./generator/lint ./generator/load ./generator/model ./generator/table
golden:
	go test $(GOLDEN) -update
