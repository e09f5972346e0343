# Dossier: build, look, test. Needs Go; the browser tests need Chromium.

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: example test check fuzz golden

# Build the example report of this repository and say where it is.
example:
	go run ./cmd/dossier build

# Everything that must hold before a change is accepted.
test: check
	go test -race -timeout 20m ./...

check:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "not formatted with gofmt:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...

# Long campaigns: every fuzz test for FUZZTIME, one after another.
FUZZTIME = 10m
fuzz:
	@set -e; for pkg in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "== $$pkg $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$pkg; \
	  done; \
	done

# Write the expected files of all tests anew; read the difference before you commit it.
golden:
	go test ./... -update
