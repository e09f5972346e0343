package main

import (
	"bytes"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestOtherDay packs the example report on two days that lie decades apart, as
// a zip file and as one HTML file, both signed: the names, the bytes and what
// is printed are the same. The records are copied in another order and at
// another time for the second day.
func TestOtherDay(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "")
	// What listens for Ctrl-C lives for as long as the process, so it must be
	// there before the clock of a test is put elsewhere.
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, os.Interrupt)
	defer signal.Stop(caught)

	key := filepath.Join(t.TempDir(), "desk")
	if out, code := inProcess("keygen", "--no-passphrase", key); code != exitClean {
		t.Fatal(out)
	}
	type day struct {
		made    map[string]string
		printed string
		now     time.Time
	}
	var days []day
	for i, wait := range []time.Duration{0, 40 * 365 * 24 * time.Hour} {
		project := copyExample(t, i > 0)
		out := filepath.Join(t.TempDir(), "out") + string(filepath.Separator)
		d := day{}
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(wait) // takes no time here
			d.now = time.Now()
			for _, args := range [][]string{{}, {"--single"}} {
				text, code := inProcess(append([]string{"pack", "--project", project, "--out", out, "--sign", key + ".key"}, args...)...)
				if code != exitClean {
					t.Fatal(text)
				}
				d.printed += strings.ReplaceAll(text, filepath.ToSlash(out), "")
			}
		})
		d.made = readTree(t, out)
		days = append(days, d)
	}
	if days[1].now.Sub(days[0].now) < 365*24*time.Hour {
		t.Fatalf("both were packed in the year %d", days[0].now.Year())
	}
	if n := len(days[0].made); n != 3 {
		t.Errorf("%d files were made, not a zip file, an HTML file and its signature", n)
	}
	compareTrees(t, days[0].made, days[1].made)
	if days[0].printed != days[1].printed {
		t.Errorf("on one day\n%s\nis printed, and on another\n%s", days[0].printed, days[1].printed)
	}
}

// inProcess runs dossier in the process of the test.
func inProcess(args ...string) (printed string, code int) {
	var out bytes.Buffer
	code = run(args, &out, &out)
	return out.String(), code
}
