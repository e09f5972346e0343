# Dossier: build, look, test. Needs Go; the browser tests need Chromium, and some of them Node.js with npm.

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: example test race check proof shots fuzz golden

# Build the example report of this repository and say where it is.
example:
	go run ./cmd/dossier build

# Everything that must hold before a change is accepted. The race detector looks
# at the packages that work at several things at once; "make race" takes Hugo
# with them, which needs a quarter of an hour.
CONCURRENT = ./generator/diag ./generator/model ./generator/markdown ./generator/page ./generator/feed ./generator/output
test: check
	go test -timeout 20m ./...
	go test -race -short -timeout 20m $(CONCURRENT)

race:
	go test -race -timeout 60m ./...

check:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "not formatted with gofmt:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...

# What the pages promise to people, on every kind of page and on hard cases: axe-core,
# html-validate, 320 px, keyboard, print, no JavaScript. Needs Chromium, Node.js and npm.
proof:
	go test -count=1 -tags proof -timeout 40m ./generator/proof

# Pictures of every kind of page, in generator/proof/shots.
shots:
	go test -count=1 -tags proof -run 'TestShots|TestPrint' ./generator/proof

# Long campaigns: every fuzz test for FUZZTIME, one after another.
FUZZTIME = 10m
fuzz:
	@set -e; for pkg in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "== $$pkg $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$pkg; \
	  done; \
	done

# Write the expected files of all tests anew; read the difference before you commit it.
GOLDEN = ./cmd/dossier ./generator/feed ./generator/lint ./generator/load ./generator/model ./generator/table
golden:
	go test $(GOLDEN) -update
