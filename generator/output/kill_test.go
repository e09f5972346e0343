package output

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"
)

// generation is a site of 150 files, of which a third differs from that of
// the other generation and a few are only in one.
func generation(n int) site {
	s := site{"index.html": fmt.Sprint("generation ", n%2)}
	for i := range 150 {
		text := fmt.Sprint("page ", i)
		if i%3 == 0 {
			text += fmt.Sprint(" of generation ", n%2)
		}
		if i%20 != 19 || n%2 == i%40/20 {
			s[fmt.Sprintf("d%d/%d.html", i%7, i)] = text
		}
	}
	return s
}

// child builds the two generations in turn until it is killed.
func child(dir string) {
	opts := Options{NoSync: true, Spare: len(os.Getenv("DOSSIER_SPARE"))}
	d := disk{twoRenames: os.Getenv("DOSSIER_TWO_RENAMES") != ""}
	fmt.Println("ready")
	for n := 0; ; n++ {
		if _, err := tryPublish(dir, generation(n), opts, d); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
}

// TestKill ends real processes with kill -9 at random moments.
// DOSSIER_KILLS sets how many; CI runs 30, a night may run 10,000.
func TestKill(t *testing.T) {
	if dir := os.Getenv("DOSSIER_KILL_CHILD"); dir != "" {
		child(dir)
	}
	kills := 30
	if n, err := strconv.Atoi(os.Getenv("DOSSIER_KILLS")); err == nil {
		kills = n
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))

	for _, mode := range []string{"", "DOSSIER_SPARE=1", "DOSSIER_TWO_RENAMES=1"} {
		dir := filepath.Join(t.TempDir(), "public")
		put(t, dir, mine)
		publish(t, dir, generation(0), quick, disk{})
		atomic := mode != "DOSSIER_TWO_RENAMES=1" && runtime.GOOS == "linux"

		stop, reader := make(chan struct{}), sync.WaitGroup{}
		reader.Go(func() { // a visitor, all the while
			for {
				select {
				case <-stop:
					return
				default:
				}
				b, err := os.ReadFile(filepath.Join(dir, "index.html"))
				if atomic && (err != nil || string(b) != "generation 0" && string(b) != "generation 1") {
					t.Errorf("a visitor got %q %v", b, err)
					return
				}
				time.Sleep(100 * time.Microsecond)
			}
		})
		for range kills / 3 {
			killOne(t, dir, mode, time.Duration(random.Int64N(int64(60*time.Millisecond))))
			if atomic {
				isOneOf(t, dir, with(generation(0), mine), with(generation(1), mine))
			}
			tx, err := Begin(dir, quick)
			if err != nil {
				t.Fatal(err)
			}
			isOneOf(t, dir, with(generation(0), mine), with(generation(1), mine))
			tx.Abort()
			onlyFolder(t, dir)
		}
		close(stop)
		reader.Wait()
	}
}

func killOne(t *testing.T, dir, mode string, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKill$")
	cmd.Env = append(os.Environ(), "DOSSIER_KILL_CHILD="+dir)
	if mode != "" {
		cmd.Env = append(cmd.Env, mode)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Scan()
	if lines.Text() != "ready" {
		t.Fatalf("the child says %q", lines.Text())
	}
	time.Sleep(after)
	cmd.Process.Kill()
	for lines.Scan() {
		t.Error(lines.Text())
	}
	cmd.Wait()
}

// Two processes build into one folder: one is told to wait, and each site
// that comes out is whole.
func TestTwoBuildsAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	var wg sync.WaitGroup
	var mu sync.Mutex
	done, locked := 0, 0
	for w := range 4 {
		wg.Go(func() {
			for range 15 {
				_, err := tryPublish(dir, generation(w), quick, disk{})
				mu.Lock()
				switch {
				case err == nil:
					done++
				case errors.Is(err, errLocked):
					locked++
				default:
					t.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	t.Logf("%d builds, %d told to wait", done, locked)
	isOneOf(t, dir, generation(0), generation(1))
	onlyFolder(t, dir)
	if done == 0 {
		t.Error("nobody came through")
	}
}

func BenchmarkCommit(b *testing.B) {
	const n = 5000
	all := site{}
	for i := range n {
		all[fmt.Sprintf("entities/%d.html", i)] = fmt.Sprintf("%014000d", i)
	}
	for _, keep := range []bool{false, true} {
		b.Run(fmt.Sprintf("one of %d changed/spare=%v", n, keep), func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "public")
			opts := Options{NoSync: true, Spare: map[bool]int{true: 1}[keep]}
			publish(b, dir, all, opts, disk{})
			for i := 0; b.Loop(); i++ {
				tx, err := Begin(dir, opts)
				if err != nil {
					b.Fatal(err)
				}
				for name := range all {
					if ok, err := tx.Keep(name); !ok && name != "entities/7.html" || err != nil {
						b.Fatal(name, err)
					}
				}
				if err := tx.Write("entities/new.html", []byte(fmt.Sprint(i))); err != nil {
					b.Fatal(err)
				}
				if _, err := tx.Commit(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("all written, all unchanged", func(b *testing.B) {
		dir := filepath.Join(b.TempDir(), "public")
		publish(b, dir, all, quick, disk{})
		for b.Loop() {
			publish(b, dir, all, quick, disk{})
		}
	})
}
